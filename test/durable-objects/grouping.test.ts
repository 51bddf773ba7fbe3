import { runInDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Result } from "../../core/errors.ts";
import { incidentId } from "../../core/ids.ts";
import { alertOf, freshCompany, movableClock } from "../support/company-object.ts";
import { watchSql } from "../support/sql-watch.ts";

const MINUTE = 60_000;

let time: ReturnType<typeof movableClock>;
beforeEach(() => {
  time = movableClock();
});
afterEach(() => time.restore());

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.detail);
  return result.value;
}

/** A company whose time the test moves; every deadline that comes up is run, in its time. */
async function company(settings: Record<string, unknown> = {}) {
  const made = await freshCompany();
  await made.settle(settings);
  const { stub, actor, accept, company_id, object } = made;
  const open = async () => {
    const { items } = must(await stub.alerts(actor, { limit: 500 }));
    return items;
  };
  return {
    ...made,
    alerts: open,
    id: (n: number) => incidentId(company_id, n),
    watch: () => runInDurableObject(object(), (_, state) => watchSql(state.storage)),
    fire: (asset_name: string, more = {}) => accept([alertOf({ asset_name, ...more })]),
    well: (asset_name: string) => accept([alertOf({ asset_name, status: "resolved" })]),
    async pass(minutes: number) {
      for (let i = 0; i < minutes; i++) {
        time.forward(MINUTE);
        await stub.wake();
      }
    },
  };
}

describe("an alert that comes alone where three are wanted", () => {
  it("waits through a crash, and the severe one has its incident when the wait is over", async () => {
    const c = await company({ min_alerts: 3 });
    expect(await c.fire("web-01")).toMatchObject({ outcomes: ["held"] });
    expect(await c.fire("web-02", { severity: "low" })).toMatchObject({ outcomes: ["held"] });
    await c.crash();
    expect((await c.alerts()).map((alert) => [alert.waiting, alert.incident_id])).toEqual([
      [true, null],
      [true, null],
    ]);
    await c.pass(16);
    expect((await c.alerts()).map((alert) => [alert.asset_name, alert.incident_id])).toEqual([
      ["web-02", null],
      ["web-01", c.id(1)],
    ]);
    await c.pass(24 * 60);
    expect((await c.alerts()).map((alert) => alert.status)).toEqual(["expired", "expired"]);
  });

  it("opens one with the others when enough have come, across a crash", async () => {
    const c = await company({ min_alerts: 3, strategy: "signature" });
    await c.fire("web-01");
    await c.fire("web-02");
    await c.crash();
    expect(await c.fire("web-03")).toMatchObject({ outcomes: ["opened"] });
    expect(await c.incident(1)).toMatchObject({ distinct_alerts: 3, alert_count: 3, firing_alerts: 3 });
    expect((await c.alerts()).every((alert) => !alert.waiting)).toBe(true);
  });

  it("counts how often one came while it waits, across a crash, without a row each time", async () => {
    const c = await company({ min_alerts: 12, window_minutes: 30 });
    const watch = await c.watch();
    for (let i = 0; i < 11; i++) {
      expect(await c.fire("web-01")).toMatchObject({ outcomes: [i === 0 ? "held" : "repeated"] });
      time.forward(MINUTE);
    }
    watch.stop();
    const writes = [...watch.ran].filter(([query]) => query.startsWith("INSERT INTO alerts"));
    // The first time, and the checkpoints that every repeat waits for.
    expect(writes[0]?.[1].times).toBeLessThan(6);
    await c.crash();
    expect((await c.alerts())[0]).toMatchObject({ waiting: true, count: 11 });
    expect(await c.fire("web-01")).toMatchObject({ outcomes: ["opened"] });
    expect(await c.incident(1)).toMatchObject({ alert_count: 12, distinct_alerts: 1 });
  });

  it("waits for a person where grouping is by hand", async () => {
    const c = await company({ auto_correlate: false });
    await c.fire("web-01");
    await c.fire("web-02");
    expect(await c.fire("db-01", { severity: "critical" })).toMatchObject({ outcomes: ["opened"] });
    await c.pass(60);
    expect(must(await c.stub.correlate(c.actor))).toMatchObject({ placed: 2 });
    expect((await c.alerts()).filter((alert) => alert.incident_id === null)).toEqual([]);
  });
});

it("flaps as one open incident, through a crash, and resolves when it has been steady", async () => {
  const c = await company({ resolve_delay_minutes: 1 });
  for (let i = 0; i < 3; i++) {
    await c.fire("web-01");
    await c.pass(0);
    time.forward(20_000);
    await c.well("web-01");
    time.forward(20_000);
  }
  expect(await c.incident(1)).toMatchObject({ flapping: true, reopen_count: 0 });
  await c.crash();
  await c.pass(10);
  expect(await c.incident(1)).toMatchObject({ status: "new", flapping: true, firing_alerts: 0 });
  await c.pass(8);
  expect(await c.incident(1)).toMatchObject({ status: "resolved", flapping: false });
});

describe("an alert storm", () => {
  it("is one incident with exact counts, through a crash, and ends by itself with a sum", async () => {
    const c = await company();
    const hosts = (from: number, n: number) =>
      c.accept(
        Array.from({ length: n }, (_, i) => alertOf({ asset_name: `h-${from + i}`, signature: "host_down" })),
      );
    await hosts(0, 400);
    const parent = (await c.alerts())[0]?.incident_id ?? "";
    const storm = must(await c.stub.incident(c.actor, parent));
    expect(storm).toMatchObject({ title: "Alert storm: 400 alerts from 1 tool", distinct_alerts: 400 });
    expect(storm.storm).toMatchObject({ until: null });
    await c.stub.wake();
    await c.crash();
    expect(await c.fire("late-01")).toMatchObject({ outcomes: ["joined"] });
    expect(must(await c.stub.incident(c.actor, parent))).toMatchObject({ distinct_alerts: 401 });
    expect(must(await c.stub.state(c.actor))).toMatchObject({ automation_paused: true });
    await c.pass(8);
    const after = must(await c.stub.incident(c.actor, parent));
    expect(after.storm?.until).not.toBeNull();
    expect(after.timeline.some((entry) => entry.kind === "storm_over")).toBe(true);
    expect(must(await c.stub.state(c.actor))).toMatchObject({ automation_paused: false });
    expect(await c.fire("calm-01")).toMatchObject({ outcomes: ["opened"] });
  });
});

describe("incidents that a person merges", () => {
  it("are one from then on, and two again when it is taken back; a crash between changes nothing", async () => {
    const c = await company();
    await c.fire("web-01");
    await c.fire("db-01", { severity: "critical" });
    const merge = { type: "merge" as const, incident_ids: [c.id(2)] };
    expect(must(await c.stub.regroup(c.actor, c.id(1), merge))).toMatchObject({
      severity: "critical",
      distinct_alerts: 2,
    });
    await c.crash();
    expect(await c.incident(2)).toMatchObject({ status: "resolved", merged_into: c.id(1) });
    await c.fire("db-01", { severity: "critical" });
    expect(await c.incident(1)).toMatchObject({ alert_count: 3, firing_alerts: 2 });
    expect(must(await c.stub.regroup(c.actor, c.id(1), { type: "undo" }))).toMatchObject({
      distinct_alerts: 1,
      firing_alerts: 1,
    });
    expect(await c.incident(2)).toMatchObject({ status: "new", distinct_alerts: 1, alert_count: 2 });
    await c.well("web-01");
    await c.well("db-01");
    await c.pass(5);
    expect([(await c.incident(1)).status, (await c.incident(2)).status]).toEqual(["resolved", "resolved"]);
  });

  it("are refused where one is over already, with what it is now", async () => {
    const c = await company();
    await c.fire("web-01");
    await c.fire("db-01");
    await c.stub.command(c.actor, c.id(2), { type: "resolve", notes: "" });
    const refused = await c.stub.regroup(c.actor, c.id(1), { type: "merge", incident_ids: [c.id(2)] });
    expect(refused).toMatchObject({ ok: false, error: { code: "conflict", current: { id: c.id(1) } } });
  });
});

it("knows which incident and alert of a key are the last ones, though the earlier are looked at after a crash", async () => {
  const c = await company({ resolve_delay_minutes: 1 });
  for (const n of [1, 2]) {
    expect(await c.fire("web-01")).toMatchObject({ outcomes: ["opened"] });
    await c.pass(1);
    await c.well("web-01");
    await c.pass(40);
    expect(await c.incident(n)).toMatchObject({ status: "resolved" });
  }
  await c.crash();
  for (const n of [2, 1]) await c.incident(n);
  expect(await c.fire("web-01")).toMatchObject({ outcomes: ["opened"] });
  expect(await c.incident(3)).toMatchObject({ recurrence_of: c.id(2) });
});
