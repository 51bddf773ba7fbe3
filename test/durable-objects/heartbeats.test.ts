import { afterEach, beforeEach, expect, it } from "vitest";
import { heartbeatInput } from "../../core/heartbeat.ts";
import { alertOf, freshCompany, movableClock } from "../support/company-object.ts";

const MINUTE = 60_000;
let clock: ReturnType<typeof movableClock>;
beforeEach(() => {
  clock = movableClock();
});
afterEach(() => clock.restore());

async function watched(more: Record<string, unknown> = {}) {
  const company = await freshCompany();
  const id = "hb_test";
  const input = heartbeatInput.parse({
    name: "Nightly",
    asset_name: "db-01",
    interval_minutes: 5,
    grace_minutes: 1,
    severity: "critical",
    ...more,
  });
  const { actor, stub } = company;
  await stub.changeHeartbeats(actor, { type: "create", id, input });
  const look = async () => {
    const list = await stub.heartbeats(actor);
    if (!list.ok || !list.value.items[0]) throw new Error("no heartbeat");
    return list.value.items[0];
  };
  const version = async () => (await stub.policy())?.version ?? 0;
  const beat = async () => stub.beat({ key_hash: "hash", policy_version: await version(), id });
  const alerts = async () => {
    const page = await stub.alerts(actor, { tool: "heartbeat", limit: 10 });
    return page.ok ? page.value.items : [];
  };
  return { ...company, id, look, beat, alerts };
}

it("raises its alert when due, keeps it through a crash, and ends it with the next beat", async () => {
  const { stub, look, beat, alerts, crash } = await watched();
  expect(await beat()).toEqual({ kind: "beat" });
  clock.forward(6 * MINUTE - 1000);
  await stub.wake();
  expect(await alerts()).toEqual([]);
  await crash();
  clock.forward(1000);
  await stub.wake();
  expect(await alerts()).toMatchObject([
    { status: "firing", severity: "critical", asset_name: "db-01", raw_signature: "heartbeat_missed" },
  ]);
  expect(await look()).toMatchObject({ state: "missing", misses: [{ until: null }] });
  clock.forward(13 * 60 * MINUTE);
  await stub.wake();
  expect(await alerts()).toMatchObject([{ status: "firing" }]);
  await beat();
  expect(await alerts()).toMatchObject([{ status: "resolved" }]);
  const back = await look();
  expect(back.state).toBe("up");
  expect(back.misses[0]?.until).not.toBeNull();
});

it("a beat that came moves the deadline; a dense one is written seldom and never alarms early", async () => {
  const { stub, beat, alerts, crash } = await watched();
  for (let i = 0; i < 60; i++) {
    await beat();
    clock.forward(10_000);
    await stub.wake();
  }
  expect(await alerts()).toEqual([]);
  await crash();
  clock.forward(5.5 * MINUTE);
  await stub.wake();
  expect(await alerts()).toEqual([]);
  clock.forward(2 * MINUTE);
  await stub.wake();
  expect(await alerts()).toMatchObject([{ status: "firing" }]);
});

it("paused it is silent, and what it raised is over; another interval counts at once", async () => {
  const { stub, actor, id, beat, alerts, look } = await watched();
  await beat();
  const change = (patch: object) => stub.changeHeartbeats(actor, { type: "change", id, patch });
  await change({ interval_minutes: 1 });
  clock.forward(2 * MINUTE);
  await stub.wake();
  expect(await alerts()).toMatchObject([{ status: "firing" }]);
  await change({ paused: true });
  expect(await alerts()).toMatchObject([{ status: "resolved" }]);
  clock.forward(60 * MINUTE);
  await stub.wake();
  expect(await look()).toMatchObject({ state: "paused", due_at: null });
  expect(await alerts()).toMatchObject([{ status: "resolved" }]);
});

it("what is expected later than before is away no longer; another name ends nothing", async () => {
  const { stub, actor, id, alerts, look, beat } = await watched();
  await beat();
  clock.forward(10 * MINUTE);
  await stub.wake();
  expect(await look()).toMatchObject({ state: "missing", due_at: null });
  await stub.changeHeartbeats(actor, { type: "change", id, patch: { name: "Weekly" } });
  expect(await look()).toMatchObject({ name: "Weekly", state: "missing" });
  await stub.changeHeartbeats(actor, { type: "change", id, patch: { interval_minutes: 60 } });
  expect(await alerts()).toMatchObject([{ status: "resolved" }]);
  expect(await look()).toMatchObject({ state: "up", misses: [{ until: expect.any(String) }] });
  clock.forward(40 * MINUTE);
  await stub.wake();
  expect(await alerts()).toMatchObject([{ status: "resolved" }]);
  clock.forward(12 * MINUTE);
  await stub.wake();
  expect(await alerts()).toMatchObject([{ status: "firing" }]);
});

it("an alert beats: a Watchdog that is expected, and one that could be", async () => {
  const match = { tool: "alertmanager", signature: "Watchdog" };
  const { stub, actor, accept, look, alerts } = await watched({ match });
  const watchdog = alertOf({ tool_source: "alertmanager", signature: "Watchdog", heartbeat: true });
  const other = alertOf({ tool_source: "grafana", signature: "DeadMansSwitch", heartbeat: true });
  await accept([watchdog, other]);
  expect(await look()).toMatchObject({ state: "up" });
  const list = await stub.heartbeats(actor);
  expect(list.ok && list.value.unexpected).toMatchObject([{ tool: "grafana", signature: "DeadMansSwitch" }]);
  clock.forward(6 * MINUTE);
  await stub.wake();
  expect(await alerts()).toMatchObject([{ status: "firing" }]);
  await accept([watchdog]);
  expect(await alerts()).toMatchObject([{ status: "resolved" }]);
});
