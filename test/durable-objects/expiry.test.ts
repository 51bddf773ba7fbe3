import { afterEach, beforeEach, expect, it } from "vitest";
import { alertOf, freshCompany, movableClock } from "../support/company-object.ts";

const MINUTE = 60_000;

let time: ReturnType<typeof movableClock>;
beforeEach(() => {
  time = movableClock();
});
afterEach(() => time.restore());

it("closes every silent alert of a large incident, those beyond the listed thousand too", async () => {
  const { stub, accept, incident, settle } = await freshCompany();
  await settle({ strategy: "signature" });
  await accept(Array.from({ length: 1100 }, (_, i) => alertOf({ asset_name: `web-${i}` })));
  time.forward(60 * MINUTE);
  await accept([alertOf({ asset_name: "web-1099" })]);
  expect(await incident(1)).toMatchObject({ distinct_alerts: 1100, firing_alerts: 1100, alert_count: 1101 });
  time.forward(23 * 60 * MINUTE);
  await stub.wake();
  // The one that was heard of an hour later goes on for an hour.
  expect(await incident(1)).toMatchObject({ status: "new", firing_alerts: 1 });
  time.forward(60 * MINUTE);
  await stub.wake();
  time.forward(3 * MINUTE);
  await stub.wake();
  expect(await incident(1)).toMatchObject({ status: "resolved", firing_alerts: 0 });
});

it("goes on in the next run where one cannot close them all", async () => {
  const { stub, accept, incident, settle } = await freshCompany();
  await settle({ strategy: "signature" });
  await accept(Array.from({ length: 6000 }, (_, i) => alertOf({ asset_name: `web-${i}` })));
  time.forward(24 * 60 * MINUTE);
  await stub.wake();
  const { firing_alerts } = await incident(1);
  expect(firing_alerts).toBeGreaterThan(0);
  expect(firing_alerts).toBeLessThan(6000);
  time.forward(1000);
  await stub.wake();
  await stub.wake();
  expect(await incident(1)).toMatchObject({ firing_alerts: 0 });
});

it("leaves what a tool that tells of recoveries has not recovered, until it does or a person has resolved it", async () => {
  const { stub, actor, accept, incident, company_id } = await freshCompany();
  const day = 24 * 60 * MINUTE;
  await accept([alertOf({ tool_source: "pingdom" })]);
  await accept([alertOf({ tool_source: "homemade", asset_name: "web-02" })]);
  // One that was seen to say that something is over says so of the rest as well.
  await accept([alertOf({ tool_source: "homegrown", asset_name: "web-03" })]);
  await accept([alertOf({ tool_source: "homegrown", asset_name: "web-04" })]);
  await accept([alertOf({ tool_source: "homegrown", asset_name: "web-04", status: "resolved" })]);
  for (const n of [1, 2]) {
    time.forward(day);
    await stub.wake();
    expect([n, (await incident(1)).firing_alerts, (await incident(3)).firing_alerts]).toEqual([n, 1, 1]);
    expect((await incident(2)).firing_alerts).toBe(0);
  }
  await accept([alertOf({ tool_source: "pingdom", status: "resolved" })]);
  const id = `in_${company_id.slice(3)}_3`;
  expect(await stub.command(actor, id, { type: "resolve", notes: "" })).toMatchObject({ ok: true });
  time.forward(day);
  await stub.wake();
  time.forward(5 * MINUTE);
  await stub.wake();
  expect(await incident(1)).toMatchObject({ status: "resolved", firing_alerts: 0 });
  expect(await incident(3)).toMatchObject({ status: "resolved", firing_alerts: 0 });
});

it("closes what is kept in no incident for good after a day of silence, and a test whoever sent it", async () => {
  const { stub, actor, accept } = await freshCompany();
  const kept = { tool_source: "homemade", heartbeat: true };
  await accept([alertOf({ ...kept, asset_name: "heard-of" }), alertOf({ ...kept, asset_name: "silent" })]);
  await accept([alertOf({ tool_source: "pingdom", test: true, asset_name: "test" })]);
  await accept([alertOf({ tool_source: "pingdom", heartbeat: true, asset_name: "lasts" })]);
  const firing = async () => {
    const page = await stub.alerts(actor, { limit: 10 });
    if (!page.ok) throw new Error(page.error.detail);
    return page.value.items.filter(({ status }) => status === "firing").map((alert) => alert.asset_name);
  };
  time.forward(20 * 60 * MINUTE);
  await accept([alertOf({ ...kept, asset_name: "heard-of" })]);
  expect((await firing()).sort()).toEqual(["heard-of", "lasts", "silent", "test"]);
  time.forward(4 * 60 * MINUTE);
  await stub.wake();
  expect((await firing()).sort()).toEqual(["heard-of", "lasts"]);
  time.forward(20 * 60 * MINUTE);
  await stub.wake();
  expect(await firing()).toEqual(["lasts"]);
});
