import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseCustom } from "../../../core/adapters/custom.ts";
import { compileMapping } from "../../../core/mapping/compile.ts";
import { compileExpression } from "../../../core/mapping/expression.ts";
import { FUNCTIONS } from "../../../core/mapping/functions.ts";
import { type Mapping, mappingInput, slugOf } from "../../../core/mapping/mapping.ts";
import { mapBody } from "../../../core/mapping/run.ts";
import { Work } from "../../../core/mapping/work.ts";

const value = (text: string, item: unknown, body = item): unknown => {
  const made = compileExpression(text);
  if ("wrong" in made) throw new Error(made.wrong);
  return made.run({ item, body }, new Work());
};
const wrong = (text: string) => {
  const made = compileExpression(text);
  return "wrong" in made ? made.wrong : null;
};

const backup = {
  job: { name: "Nightly", server: "BACKUP01.corp.example" },
  results: [
    { volume: "C:", code: 5, note: "disk full", at: 1_760_000_000 },
    { volume: "D:", code: 0, note: "ok" },
  ],
};

const input = (more: Record<string, unknown> = {}) =>
  mappingInput.parse({
    name: "Backups (NAS)",
    source: "backup",
    items: "$.results",
    fields: {
      asset_name: { from: ["$.host", '$$.job.server | split(".", 0) | lower'] },
      signature: { from: ["backup_{{ $$.job.name | lower }}"] },
      severity: { from: ["$.code"], map: [{ from: "5", to: "critical" }] },
      message: { from: ["{{ $.volume }} {{ $.note }}"] },
      dedup_key: { from: ["{{ $$.job.name }}/{{ $.volume }}"] },
      event_time: { from: ["$.at"] },
    },
    recovery: [{ value: "$.code", op: "is", to: ["0"] }],
    ...more,
  });
const kept = (more: Record<string, unknown> = {}): Mapping => {
  const made = input(more);
  return { ...made, id: "mp_1", slug: slugOf(made.name), changed_at: 0, changed_by: "Ada" };
};

describe("expressions", () => {
  it.each([
    ["$.a.b[0].c", { a: { b: [{ c: 1 }] } }, 1],
    ["$['odd name'][-1]", { "odd name": [1, 2] }, 2],
    ["$..id | join('-')", { id: 1, x: [{ id: 2 }, { id: 3 }] }, "1-2-3"],
    ["$.x[*].n | last", { x: [{ n: "a" }, { n: "b" }] }, "b"],
    ["{{ $.host }} on {{ $.site }}", { host: "db", site: "Bern" }, "db on Bern"],
    ["plain words", {}, "plain words"],
    ['"$5 a month"', {}, "$5 a month"],
    ['$.text | regex("host=(\\S+)")', { text: "down host=db-01 now" }, "db-01"],
    ['$.user | split("\\\\", -1)', { user: "CORP\\ada" }, "ada"],
    ["$.ms | scale(0.001) | round(1)", { ms: "12345" }, 12.3],
    ['$.none | default("unknown")', {}, "unknown"],
    ["$.__proto__.x", JSON.parse('{"a": 1}'), undefined],
  ])("%s", (text, body, expected) => {
    expect(value(text, body)).toEqual(expected);
  });

  it("says what is wrong and where", () => {
    expect(wrong("$.a[")).toContain("at character");
    expect(wrong("$.a | shout")).toContain("there is no function “shout”");
    expect(wrong('$.a | regex("(")')).toContain("not a valid pattern");
    expect(wrong("$.a | nth")).toContain("nth(1)");
    for (const { usage } of Object.values(FUNCTIONS)) expect(wrong(`$.a | ${usage}`)).toBeNull();
  });

  it("a template of which nothing is there leaves the turn to the next", () => {
    expect(value("on {{ $.site }}", {})).toBeUndefined();
  });
});

describe("a mapping", () => {
  it("makes alerts of a body in one's own shape", () => {
    const mapped = mapBody(compileMapping(input()), backup);
    if (!("items" in mapped)) throw new Error(mapped.detail);
    const [first, second] = mapped.items;
    expect(first).toMatchObject({
      alert: {
        asset_name: "backup01",
        signature: "backup_nightly",
        severity: "critical",
        status: "firing",
        message: "C: disk full",
        caller_key: "Nightly/C:",
        tool_source: "backup",
        event_time: 1_760_000_000_000,
      },
      origins: { asset_name: { raw: "backup01" }, severity: { expression: "$.code", raw: "5" } },
    });
    expect(second).toMatchObject({ alert: { status: "resolved" } });
  });

  it("is chosen by what it is for, by its name, or not at all", () => {
    const other = kept({ name: "Other", matches: [{ value: "$.kind", op: "is", to: ["other"] }] });
    const off = kept({ enabled: false });
    expect(parseCustom([other, kept()], null, backup)).toHaveProperty("items");
    expect(parseCustom([other], null, backup)).toHaveProperty("fields.mapping");
    expect(parseCustom([other], "other", backup)).toHaveProperty("items");
    expect(parseCustom([off], "backups-nas", backup)).toHaveProperty("fields.mapping", "is not known");
  });

  it("says which field it found nothing for", () => {
    const one = input({ items: null, fields: { signature: { from: ["$.what"] } }, recovery: [] });
    expect(mapBody(compileMapping(one), {})).toMatchObject({
      items: [{ fields: { signature: "nothing was found for it; it says what is wrong" } }],
    });
    expect(mapBody(compileMapping(input()), { results: [] })).toHaveProperty("fields.items");
  });

  it("any JSON ends in alerts or field errors, in bounded work", () => {
    const mapping = compileMapping(
      input({
        items: "$..results",
        fields: {
          signature: { from: ["$..a | join"] },
          message: { from: ['$$..b | join | regex("(a|b)*c{2,50}")', "$"] },
          status: { from: ["$.status"] },
        },
        tags_from: "$$",
      }),
    );
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (inside) => {
        const mapped = mapBody(mapping, { results: [inside], a: inside });
        expect("items" in mapped || mapped.detail.length > 0).toBe(true);
      }),
      { numRuns: 300 },
    );
    const deep: unknown = JSON.parse(`${'{"results":['.repeat(20_000)}1${"]}".repeat(20_000)}`);
    expect(() => mapBody(mapping, deep)).not.toThrow();
    const wide = {
      results: Array.from({ length: 10_000 }, (_, a) => ({ a: String(a), b: "ab".repeat(40) })),
    };
    const began = process.cpuUsage().user;
    mapBody(mapping, wide);
    expect((process.cpuUsage().user - began) / 1000).toBeLessThan(5000);
  });

  it("a faulty one is refused with the place", () => {
    const faulty = mappingInput.safeParse({
      name: "x",
      fields: { signature: { from: ["$.a["] } },
      recovery: [{ value: "$.b", op: "matches", to: ["(?=x)"] }],
    });
    const places = faulty.error?.issues.map((issue) => issue.path.join("."));
    expect(places).toEqual(["fields.signature.from.0", "recovery.0.to.0"]);
  });
});
