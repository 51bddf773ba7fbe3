import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Adapter, MESSAGE_MAX, NAME_MAX } from "../../../core/adapters/adapter.ts";
import { ADAPTERS } from "../../../core/adapters/index.ts";
import { type NormalizedAlert, UPDATE_KINDS } from "../../../core/alert.ts";
import { dedupKey } from "../../../core/keys.ts";
import { SEVERITIES } from "../../../core/severity.ts";
import { nasty } from "../../support/arbitrary.ts";
import { fixturesOf } from "../../support/fixtures.ts";
import { namesOf, nested, pathsOf, withValue } from "../../support/mutate.ts";
import { payload } from "../../support/payloads.ts";
import { Timeline } from "../../support/timeline.ts";

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

/** Bodies that the tool sends; a mapping of a company's own has none. */
const goodBodies = (tool: string): unknown[] =>
  tool === "alerts"
    ? [
        payload({
          tags: { a: "b" },
          links: ["https://x.example"],
          timestamp: 1_700_000_000,
          status: "firing",
        }),
      ]
    : fixturesOf(tool)
        .map(([, body]) => body)
        .filter((body) => JSON.stringify(body).length < 20_000);

/** Any JSON value, its names mostly those that mean something to the adapter. */
function bodies(tool: string): fc.Arbitrary<unknown> {
  const names = [...new Set([...goodBodies(tool).flatMap(namesOf), ...COMMON])];
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
  const good = goodBodies(tool);
  if (good.length === 0) return fc.jsonValue();
  return fc
    .tuple(
      fc.constantFrom(...good.flatMap((body) => pathsOf(body).map((path) => ({ body, path })))),
      fc.jsonValue(),
    )
    .map(([{ body, path }, value]) => JSON.parse(JSON.stringify(withValue(body, path, value) ?? null)));
}

/** Where an alert breaks what the engine, the store and the pages rely on; one list, as `expect` is slow. */
function faultsOf(alert: NormalizedAlert): string[] {
  const long = (text: string | null | undefined, max: number) => (text ?? "").length > max;
  const texts = (pair: [string, string]) => typeof pair[0] === "string" && typeof pair[1] === "string";
  const { group, family, update } = alert;
  const rules: [string, boolean][] = [
    ["status", alert.status === "firing" || alert.status === "resolved"],
    ["severity", SEVERITIES.includes(alert.severity)],
    ["signature", alert.signature !== ""],
    ["names", ![alert.asset_name, alert.signature, group, family].some((name) => long(name, NAME_MAX))],
    ["message", !long(alert.message, MESSAGE_MAX)],
    ["tags", alert.tags.length <= 64 && alert.tags.every(texts)],
    ["long tags", !alert.tags.some(([name, value]) => long(name, 200) || long(value, 1024))],
    ["links", alert.links.length <= 10 && alert.links.every(({ url }) => /^https?:\/\//i.test(url))],
    ["long links", !alert.links.some(({ url }) => long(url, 2048))],
    ["identity", (alert.identity ?? []).every(texts)],
    ["event_time", alert.event_time === null || Number.isSafeInteger(alert.event_time)],
    ["update", !update || UPDATE_KINDS.includes(update.kind)],
    ["long update", !long(update?.text, MESSAGE_MAX) && !long(update?.by, NAME_MAX)],
    ["undefined", !Object.values(alert).includes(undefined)],
    ["variant", !long(alert.variant, NAME_MAX)],
    ["key", dedupKey("co_aaaaaaaaaaaaaaaa", alert).key.length < 500],
  ];
  return rules.filter(([, kept]) => !kept).map(([name]) => name);
}

function judge(adapter: Adapter, body: unknown): number {
  const before = Object.getOwnPropertyNames(Object.prototype).length;
  const result = adapter.parse(body, () => null);
  const faults = Object.getOwnPropertyNames(Object.prototype).length === before ? [] : ["prototype"];
  if (!("items" in result)) {
    if (!result.detail || Object.keys(result.fields).length === 0) faults.push("a refusal without a reason");
    expect(faults).toEqual([]);
    return 0;
  }
  if (result.items.length === 0) faults.push("nothing");
  const line = new Timeline();
  for (const item of result.items.slice(0, 100)) {
    if ("fields" in item) {
      if (Object.keys(item.fields).length === 0) faults.push("a refusal without a field");
      continue;
    }
    faults.push(...faultsOf(item.alert));
    line.push(0, item.alert);
  }
  expect(faults).toEqual([]);
  return result.items.filter((item) => "alert" in item).length;
}

const WRONG: unknown[] = [
  undefined,
  null,
  true,
  0,
  -1,
  1e300,
  "",
  " ",
  "\u0000\ud800",
  "{PID}",
  "$ID",
  "{}",
  [],
  [[], {}, null, "x", 7],
  {},
  JSON.parse('{"__proto__": {"status": "firing"}, "constructor": 1, "toString": []}'),
  { a: { b: { c: "d" } } },
];
const HUGE: [string, () => unknown][] = [
  ["a text of a megabyte", () => "ab ".repeat(350_000)],
  ["brackets without end", () => "[".repeat(100_000)],
  ["markdown without end", () => "![a](".repeat(50_000)],
  ["labels without end", () => "labels={a=".repeat(20_000)],
  ["arrays 4,000 deep", () => nested(4000, "[")],
  ["objects 4,000 deep", () => nested(4000, '{"a":')],
  ["20,000 numbers", () => Array.from({ length: 20_000 }, (_, i) => i)],
  ["20,000 texts", () => Array.from({ length: 20_000 }, (_, i) => `tag${i}:value`)],
  ["20,000 names", () => Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`name${i}`, "v"]))],
];

describe.each([...ADAPTERS.values()])("$tool", (adapter) => {
  const good = goodBodies(adapter.tool);

  it("makes alerts or field errors of any JSON, never a throw", () => {
    fc.assert(
      fc.property(fc.oneof(bodies(adapter.tool), fc.jsonValue({ maxDepth: 6 })), (body) => {
        judge(adapter, body);
      }),
      { numRuns: 1000 },
    );
  });

  it.skipIf(good.length === 0)("makes the same of a body that is right but for one value", () => {
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

  it.skipIf(good.length === 0)("takes a value of any wrong kind in every field that the tool sends", () => {
    let understood = 0;
    for (const body of good) {
      for (const path of pathsOf(body)) {
        for (const value of WRONG) understood += judge(adapter, withValue(body, path, value) ?? null);
      }
    }
    expect(understood).toBeGreaterThan(50);
  });

  it("is not slowed down or broken by what is huge or deep", () => {
    const [body] = good;
    const paths = pathsOf(body);
    for (const [name, make] of HUGE) {
      const value = make();
      judge(adapter, value);
      for (const path of paths) {
        const spoilt = withValue(body, path, value) ?? null;
        const before = performance.now();
        adapter.parse(spoilt, () => null);
        // What grows by the square of 20,000 takes far longer, on any machine.
        expect([name, path, performance.now() - before < 1500]).toEqual([name, path, true]);
        judge(adapter, spoilt);
      }
    }
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
