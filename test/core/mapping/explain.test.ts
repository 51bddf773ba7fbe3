import { expect, it } from "vitest";
import { compileMapping } from "../../../core/mapping/compile.ts";
import { explain, type Part } from "../../../core/mapping/explain.ts";
import { mappingInput } from "../../../core/mapping/mapping.ts";
import { mapBody } from "../../../core/mapping/run.ts";

/** The parts of the body's first alert, by field. */
function partsOf(mapping: Record<string, unknown>, body: unknown): Record<string, Part> {
  const made = mappingInput.parse({ name: "Own", ...mapping });
  const mapped = mapBody(compileMapping(made), body);
  if (!("items" in mapped) || !mapped.items[0]) throw new Error("nothing was mapped");
  return Object.fromEntries(explain(made, mapped.items[0]).map((part) => [part.field, part]));
}

it("names the expression of each field, the fallback it was, and the word that stands in its place", () => {
  const parts = partsOf(
    {
      fields: {
        asset_name: { from: ["$.host", "$.node | upper"] },
        signature: { from: ["$.what"] },
        severity: { from: ["$.level"], map: [{ from: "5", to: "critical" }] },
      },
      tags: [{ name: "site", value: "$.place" }],
      tags_from: "$.labels",
      links: [{ label: "Log", url: "$.log" }],
    },
    {
      node: "db-01",
      what: "disk_full",
      level: 5,
      place: "Bern",
      labels: { rack: "r2" },
      log: "https://example.com/1",
    },
  );
  expect(parts.asset_name).toMatchObject({
    value: "DB-01",
    expression: "$.node | upper",
    fallback: 1,
    raw: null,
  });
  expect(parts.severity).toMatchObject({
    value: "critical",
    expression: "$.level",
    raw: "5",
    guessed: false,
  });
  expect(parts["tags.site"]).toMatchObject({ value: "Bern", expression: "$.place" });
  expect(parts["tags.rack"]).toMatchObject({ value: "r2", expression: "$.labels" });
  expect(parts["links.Log"]).toMatchObject({ value: "https://example.com/1", expression: "$.log" });
});

it("says what had to be guessed, and leaves out what nobody asked for", () => {
  const parts = partsOf(
    {
      fields: {
        signature: { from: ["$.what"] },
        severity: { from: ["$.level"] },
        status: { from: ["$.state"] },
        event_time: { from: ["$.at"] },
        asset_id: { from: ["$.id"] },
      },
    },
    { what: "disk_full", level: "purple", state: "so-so", at: "tomorrow" },
  );
  const guessed = Object.values(parts).filter((part) => part.guessed);
  expect(guessed.map(({ field }) => field).sort()).toEqual([
    "asset_name",
    "category",
    "event_time",
    "message",
    "severity",
    "status",
  ]);
  expect(parts.severity).toMatchObject({ value: "medium", raw: "purple", expression: "$.level" });
  expect(parts.severity?.note).toContain("“purple”");
  expect(parts.status).toMatchObject({ value: "firing", raw: "so-so" });
  expect(parts.event_time?.note).toContain("time of arrival");
  expect(parts.message).toMatchObject({ value: "disk_full", expression: null });
  expect(parts.asset_id).toMatchObject({ value: null, guessed: false, note: "Nothing was found for it." });
  expect(parts).not.toHaveProperty("group");
});

it("of a recovery the condition is named, and of what is no alert nothing", () => {
  const over = partsOf(
    {
      fields: { signature: { from: ["$.what"] }, status: { from: ["$.state"] } },
      recovery: [{ value: "$.code", op: "is", to: ["0"] }],
    },
    { what: "job", state: "new", code: 0 },
  );
  expect(over.status).toMatchObject({ value: "resolved", expression: "$.code", guessed: false });
  const made = mappingInput.parse({
    name: "Own",
    fields: { asset_name: { from: ["$.host"] }, signature: { from: ["$.what"] } },
  });
  const mapped = mapBody(compileMapping(made), { host: "db-01" });
  if (!("items" in mapped) || !mapped.items[0]) throw new Error("nothing was mapped");
  expect(explain(made, mapped.items[0])).toEqual([]);
});
