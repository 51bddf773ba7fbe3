import { runInDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createAssetSchema } from "../../core/asset-schema.ts";
import { alertOf, freshCompany, movableClock } from "../support/company-object.ts";
import { planOf, watchSql } from "../support/sql-watch.ts";

const MINUTE = 60_000;
const VERB = /^\s*(SELECT|INSERT|UPDATE|DELETE)\b/;
/** What has more rows the longer a company lives; those that wait are few. */
const GROWING = /^SCAN (alerts|incidents|timeline|delivery_pages)\b(?! USING INDEX alerts_held)/;

interface Plan {
  query: string;
  steps: string[];
}

/** The first few in the order of the key are as near in a large table as in a small one. */
function grows({ query, steps }: Plan): boolean {
  const first = /\bLIMIT\b/.test(query) && !/\bWHERE\b/.test(query);
  if (first && !steps.some((step) => step.includes("TEMP B-TREE"))) return false;
  return steps.some((step) => GROWING.test(step));
}

let time: ReturnType<typeof movableClock>;
beforeEach(() => {
  time = movableClock();
});
afterEach(() => time.restore());

it.each([
  "asset|signature",
  "smart",
])("no statement of an alert's way, or of waking, looks at more rows the more there are, by %s", async (strategy) => {
  const { stub, actor, accept, object, settle, crash } = await freshCompany();
  const uplink = await stub.createAsset(actor, createAssetSchema.parse({ name: "uplink" }));
  const depends_on = uplink.ok ? [uplink.value.id] : [];
  await stub.createAsset(actor, createAssetSchema.parse({ name: "host-1", depends_on }));
  await settle({ strategy, storm_alerts_per_minute: 1_000_000 });
  await stub.wake();
  const { ran, stop } = await runInDurableObject(object(), (_, state) => watchSql(state.storage));
  const many = (more = {}) =>
    accept(Array.from({ length: 30 }, (_, i) => alertOf({ asset_name: `host-${i}`, ...more })));

  // New ones, repeats, a worse state, recoveries; some again within the time to reopen, all again much later.
  await many();
  await many();
  await many({ severity: "critical" });
  await many({ status: "resolved" });
  await accept([alertOf({ asset_name: "host-1" })]);
  await accept([alertOf({ asset_name: "nobody", status: "resolved" })]);
  await accept([alertOf({ family: "rule-1" }), alertOf({ asset_name: "web-02", family: "rule-1" })]);
  await accept([alertOf({ status: "resolved", family: "rule-1", whole_family: true })]);
  for (let i = 0; i < 5; i++) {
    time.forward(10 * MINUTE);
    await stub.wake();
  }
  await crash();
  await many({ asset_name: "uplink" });
  await many();
  await settle({ min_alerts: 3 });
  await accept([alertOf({ asset_name: "alone", severity: "low" })]);
  await accept([alertOf({ asset_name: "alone", severity: "low" })]);
  time.forward(20 * MINUTE);
  await stub.wake();
  stop();

  // The hub's own table is in another object.
  const statements = [...ran].filter(([query]) => VERB.test(query) && !/\bring\b/.test(query));
  const plans = await runInDurableObject(object(), (_, { storage: { sql } }) =>
    statements.map(([query, { bindings }]) => ({ query, steps: planOf(sql, query, bindings) })),
  );
  expect(plans.length).toBeGreaterThan(15);
  expect(plans.filter(grows)).toEqual([]);
  expect(plans.some(({ query }) => query.includes("FROM incidents WHERE seq <"))).toBe(true);
});

it("what a new alert depends on is found after a crash, behind more incidents than are read at once", async () => {
  const { stub, actor, accept, settle, crash, incident } = await freshCompany();
  await settle({ storm_alerts_per_minute: 1_000_000 });
  const uplink = await stub.createAsset(actor, createAssetSchema.parse({ name: "uplink" }));
  const depends_on = uplink.ok ? [uplink.value.id] : [];
  await stub.createAsset(actor, createAssetSchema.parse({ name: "web-01", depends_on }));
  await accept([alertOf({ asset_name: "uplink" })]);
  await accept(Array.from({ length: 600 }, (_, i) => alertOf({ asset_name: `host-${i}` })));
  await crash();
  expect(await accept([alertOf({ asset_name: "web-01" })])).toMatchObject({ outcomes: ["joined"] });
  expect(await incident(1)).toMatchObject({ distinct_alerts: 2 });
});

it("an all-clear of a rule at the source reads what fires of it, however much has fired", async () => {
  const { accept, object, settle } = await freshCompany();
  await settle({ storm_alerts_per_minute: 1_000_000 });
  const rule = (more = {}) => alertOf({ family: "rule-1", ...more });
  const clear = rule({ status: "resolved", whole_family: true });
  await accept(Array.from({ length: 200 }, (_, i) => rule({ asset_name: `host-${i}` })));
  await accept([clear]);
  await accept([rule({ asset_name: "one" }), rule({ asset_name: "another" })]);

  const { ran, stop } = await runInDurableObject(object(), (_, state) => watchSql(state.storage));
  await accept([clear]);
  stop();
  const asked = [...ran].find(([query]) => query.includes("family = ?"))?.[1];
  expect(asked?.cursor.rowsRead).toBeLessThanOrEqual(4);
});
