import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Adapter } from "../../../core/adapters/adapter.ts";
import { ADAPTERS } from "../../../core/adapters/index.ts";
import { dedupKey } from "../../../core/keys.ts";
import { SEVERITIES } from "../../../core/severity.ts";
import { nasty } from "../../support/arbitrary.ts";
import { Timeline } from "../../support/timeline.ts";

/** The words adapters look for, so that random bodies get past the first check. */
const NAMES = {
  alerts: [
    "asset_name",
    "signature",
    "severity",
    "message",
    "tool_source",
    "status",
    "tags",
    "links",
    "timestamp",
  ],
  alertmanager: [
    "alerts",
    "labels",
    "annotations",
    "status",
    "alertname",
    "commonLabels",
    "startsAt",
    "endsAt",
  ],
};
const COMMON = [
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "firing",
  "resolved",
  "dedup_key",
  "asset_id",
];

/** Any JSON value, its names mostly those that mean something to the adapter. */
function bodies(tool: string): fc.Arbitrary<unknown> {
  const names = [...(NAMES[tool as keyof typeof NAMES] ?? []), ...COMMON];
  const name = fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...names) }, nasty);
  return fc
    .letrec<{ value: unknown; object: unknown }>((tie) => ({
      value: fc.oneof(
        { depthSize: "small", withCrossShrink: true },
        fc.oneof(name, nasty, fc.integer(), fc.double(), fc.boolean(), fc.constant(null)),
        fc.array(tie("value"), { maxLength: 4 }),
        tie("object"),
      ),
      object: fc
        .array(fc.tuple(name, tie("value")), { maxLength: 8 })
        .map((entries) => Object.fromEntries(entries)),
    }))
    .value.map((value) => JSON.parse(JSON.stringify(value) ?? "null"));
}

/** A body that is right but for one value somewhere in it. */
function nearlyRight(tool: string): fc.Arbitrary<unknown> {
  const alert =
    tool === "alertmanager"
      ? {
          status: "firing",
          labels: { alertname: "X", host: "h", severity: "page" },
          annotations: { summary: "s" },
        }
      : {
          asset_name: "h",
          signature: "s",
          severity: "high",
          message: "m",
          tool_source: "t",
          tags: {},
          links: [],
        };
  const spoilt = fc
    .tuple(fc.constantFrom(...Object.keys(alert)), fc.jsonValue())
    .map(([name, value]) => ({ ...alert, [name]: value }));
  return fc
    .array(spoilt, { minLength: 1, maxLength: 3 })
    .map((list) => (tool === "alertmanager" ? { alerts: list } : list));
}

function judge(adapter: Adapter, body: unknown): number {
  const before = Object.getOwnPropertyNames(Object.prototype).length;
  const result = adapter.parse(body);
  expect(Object.getOwnPropertyNames(Object.prototype)).toHaveLength(before);
  if (!("items" in result)) {
    expect(result.detail).not.toBe("");
    expect(Object.keys(result.fields).length).toBeGreaterThan(0);
    return 0;
  }
  expect(result.items.length).toBeGreaterThan(0);
  const line = new Timeline();
  for (const item of result.items) {
    if ("fields" in item) {
      expect(Object.keys(item.fields).length).toBeGreaterThan(0);
      continue;
    }
    expect(SEVERITIES).toContain(item.alert.severity);
    expect(item.alert.signature).not.toBe("");
    for (const [name, value] of item.alert.tags)
      expect([typeof name, typeof value]).toEqual(["string", "string"]);
    expect(dedupKey("co_aaaaaaaaaaaaaaaa", item.alert).key.length).toBeLessThan(500);
    line.push(0, item.alert);
  }
  return result.items.filter((item) => "alert" in item).length;
}

describe.each([...ADAPTERS.values()])("$tool", (adapter) => {
  it("makes alerts or field errors of any JSON, never a throw", () => {
    fc.assert(
      fc.property(fc.oneof(bodies(adapter.tool), fc.jsonValue({ maxDepth: 6 })), (body) => {
        judge(adapter, body);
      }),
      { numRuns: 1500 },
    );
  });

  it("makes the same of a body that is right but for one value", () => {
    let understood = 0;
    fc.assert(
      fc.property(nearlyRight(adapter.tool), (body) => {
        understood += judge(adapter, body);
      }),
      { numRuns: 500 },
    );
    // Else this would only ever see refusals.
    expect(understood).toBeGreaterThan(50);
  });

  it("gives the same alerts for the same body, and does not change it", () => {
    fc.assert(
      fc.property(fc.oneof(nearlyRight(adapter.tool), bodies(adapter.tool)), (body) => {
        const before = JSON.stringify(body);
        expect(adapter.parse(body)).toEqual(adapter.parse(JSON.parse(before)));
        expect(JSON.stringify(body)).toBe(before);
      }),
    );
  });
});
