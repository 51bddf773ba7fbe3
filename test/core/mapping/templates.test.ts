import { expect, it } from "vitest";
import { compileMapping } from "../../../core/mapping/compile.ts";
import { mappingInput } from "../../../core/mapping/mapping.ts";
import { fitsBody, mapBody } from "../../../core/mapping/run.ts";
import { MAPPING_TEMPLATES } from "../../../core/mapping/templates.ts";

/** What each template makes of its own example. */
const MADE: Record<string, object[]> = {
  flat: [{ asset_name: "web-03", signature: "http_latency", severity: "medium", status: "firing" }],
  list: [
    { asset_name: "db-01", severity: "critical", status: "firing", message: "disk_full on db-01" },
    { asset_name: "db-02", severity: "critical", status: "resolved" },
  ],
  event: [{ asset_name: "nas-02", signature: "com.example.backup.failed", severity: "high" }],
  job: [
    {
      asset_name: "nas-02",
      signature: "nightly-backup failed",
      severity: "high",
      status: "firing",
      caller_key: "nas-02/nightly-backup",
      links: [{ label: "Log", url: "https://jobs.example.com/runs/4711" }],
    },
  ],
  subject: [{ asset_name: "db-01", signature: "disk_full", severity: "high", message: "/var is at 97 %" }],
};

it.each(MAPPING_TEMPLATES)("$id is a mapping that reads its own example", ({ id, mapping, sample }) => {
  const made = compileMapping(mappingInput.parse({ name: id, ...mapping }));
  expect(fitsBody(made, sample)).toBe(true);
  const mapped = mapBody(made, sample);
  expect(mapped).toMatchObject({ items: MADE[id]?.map((alert) => ({ alert: { ...alert, flags: [] } })) });
});

it("a job that worked ends its alert, and a line that says so too", () => {
  const read = (id: string, change: object) => {
    const template = MAPPING_TEMPLATES.find((one) => one.id === id);
    const made = compileMapping(mappingInput.parse({ name: id, ...template?.mapping }));
    return mapBody(made, { ...(template?.sample as object), ...change });
  };
  const over = { items: [{ alert: { status: "resolved" } }] };
  expect(read("job", { result: "success" })).toMatchObject(over);
  expect(read("subject", { subject: "RECOVERY: disk_full on db-01" })).toMatchObject(over);
});
