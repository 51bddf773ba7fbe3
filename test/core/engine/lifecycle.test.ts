import { describe, expect, it } from "vitest";
import { resolveQuiet } from "../../../core/engine/commands.ts";
import { at, MINUTE, START, Timeline } from "../../support/timeline.ts";

const HOUR = 60;

describe("an alert and its incident", () => {
  it("opens one, and says why", () => {
    const line = new Timeline();
    const { outcome, alert } = line.push(0, { asset_name: "WEB-01:9100", signature: "HostHighCpuLoad" });
    expect(outcome).toBe("opened");
    expect(alert).toMatchObject({
      status: "firing",
      count: 1,
      signature: "high_cpu_usage",
      raw_signature: "HostHighCpuLoad",
    });
    expect(alert?.why.map((w) => w.rule)).toEqual(["dedup.asset_check", "group.new_key"]);
    expect(line.incident(1)).toMatchObject({
      status: "new",
      title: "High CPU usage on WEB-01:9100",
      severity: "high",
      category: "Server",
      alert_count: 1,
      distinct: 1,
      firing: 1,
      created_at: START,
      why: [{ rule: "group.new_key", key: "asset|signature|web-01|high_cpu_usage" }],
    });
    expect(line.story(1)).toEqual(["opened"]);
  });

  it("counts repeats: same alert, no new incident, no new timeline entry", () => {
    const line = new Timeline();
    const first = line.push(0).alert;
    for (let minute = 1; minute <= 9; minute++) {
      const { outcome, alert } = line.push(minute, { message: `CPU at ${90 + minute} %` });
      expect([outcome, alert]).toEqual(["repeated", first]);
    }
    expect(first).toMatchObject({ count: 10, message: "CPU at 99 %", first_seen: at(0), last_seen: at(9) });
    expect(line.incidents).toHaveLength(1);
    expect(line.incident(1)).toMatchObject({ alert_count: 10, distinct: 1, firing: 1, last_alert_at: at(9) });
    expect(line.story(1)).toEqual(["opened"]);
  });

  it("rises with the worst severity and never falls by itself", () => {
    const line = new Timeline();
    line.push(0, { severity: "medium" });
    line.push(1, { severity: "critical" });
    expect(line.alerts[0]).toMatchObject({ severity: "critical", original_severity: "medium", count: 2 });
    expect(line.incident(1).severity).toBe("critical");
    line.push(2, { severity: "low" });
    expect(line.alerts[0]).toMatchObject({ severity: "low", original_severity: "medium" });
    expect(line.incident(1).severity).toBe("critical");
    expect(line.story(1)).toEqual(["opened", "severity_raised"]);
  });

  it("keeps the reasons of an alert that swings a long time bounded, the first among them", () => {
    const line = new Timeline();
    for (let i = 0; i < 200; i++) line.push(i / 100, { severity: i % 2 ? "high" : "low" });
    const why = line.alerts[0]?.why.map((w) => w.rule) ?? [];
    expect(why.length).toBeLessThanOrEqual(20);
    expect(why.slice(0, 2)).toEqual(["dedup.asset_check", "group.new_key"]);
  });

  it("stays bounded under a sender that repeats one old recovery for ever", () => {
    const line = new Timeline();
    line.push(0, { event_time: at(0) });
    for (let i = 1; i < 500; i++) line.recover(i / 100, { event_time: at(-1) });
    expect(line.alerts[0]?.why.length).toBeLessThanOrEqual(20);
    expect(line.alerts[0]?.why.at(-1)?.rule).toBe("recovery.out_of_order");
  });

  it("never opens one for a watchdog", () => {
    const line = new Timeline();
    const { outcome, alert } = line.push(0, { heartbeat: true, signature: "Watchdog", severity: "low" });
    expect([outcome, alert?.suppressed_by, alert?.incident]).toEqual(["suppressed", "heartbeat", null]);
    line.push(1, { heartbeat: true, signature: "Watchdog", severity: "low" });
    expect(line.alerts[0]?.count).toBe(2);
    line.recover(2, { heartbeat: true, signature: "Watchdog" });
    line.push(3, { heartbeat: true, signature: "Watchdog" });
    expect(line.incidents).toEqual([]);
  });

  it("weighs a critical asset, whatever name it is called by", () => {
    const line = new Timeline({}, { critical: ["db-01"] });
    line.push(0, { asset_name: "db-01" });
    line.push(0, { asset_name: "DB-01.acme.local:5432", signature: "PostgresqlDown" });
    line.push(0, { asset_name: "web-01" });
    expect(line.incidents.map((i) => i.critical_asset)).toEqual([true, true, false]);
  });
});

describe("recovery", () => {
  it("closes the alert, and after the quiet period the incident", () => {
    const line = new Timeline({ resolve_delay_minutes: 3 });
    line.push(0);
    expect(line.recover(5).outcome).toBe("resolved");
    expect(line.alerts[0]).toMatchObject({ status: "resolved", resolved_at: at(5) });
    expect(line.incident(1)).toMatchObject({ status: "new", firing: 0, quiet_since: at(5) });
    line.advance(7.99);
    expect(line.incident(1).status).toBe("new");
    line.advance(8);
    expect(line.incident(1)).toMatchObject({ status: "resolved", resolved_at: at(8), resolved_by: null });
    expect(line.story(1)).toEqual(["opened", "alert_resolved", "resolved"]);
  });

  it("waits for the last of its alerts, and anew after each that comes back", () => {
    const line = new Timeline({ strategy: "signature" });
    line.push(0, { asset_name: "web-01" });
    line.push(0, { asset_name: "web-02" });
    line.recover(1, { asset_name: "web-01" });
    line.advance(10);
    expect(line.incident(1)).toMatchObject({ status: "new", firing: 1, quiet_since: null });
    line.recover(10, { asset_name: "web-02" });
    line.push(12, { asset_name: "web-01" });
    line.advance(14);
    expect(line.incident(1)).toMatchObject({ status: "new", firing: 1 });
    line.recover(15, { asset_name: "web-01" });
    line.advance(17.9);
    expect(line.incident(1).status).toBe("new");
    line.advance(18);
    expect(line.incident(1)).toMatchObject({ status: "resolved", reopen_count: 0 });
  });

  it("resolves nothing before its time, what fires, or what is resolved", () => {
    const line = new Timeline();
    line.push(0);
    const due = (minute: number) => resolveQuiet(line.changes, line.incident(1), 3 * MINUTE, at(minute));
    expect(due(10)).toBe(false);
    line.recover(10);
    expect(due(12.9)).toBe(false);
    expect(due(13)).toBe(true);
    expect(due(14)).toBe(false);
    expect(line.incident(1).resolved_at).toBe(at(13));
  });

  it("twice changes nothing more", () => {
    const line = new Timeline();
    line.push(0);
    line.recover(1);
    expect(line.recover(2).outcome).toBe("resolved");
    line.advance(4);
    expect(line.incident(1)).toMatchObject({ status: "resolved", resolved_at: at(4), firing: 0 });
    expect(line.story(1)).toEqual(["opened", "alert_resolved", "resolved"]);
  });

  it("of a severity that changed meanwhile closes the same alert", () => {
    const line = new Timeline();
    line.push(0, { severity: "critical" });
    line.recover(1, { severity: "low", message: "back to normal" });
    expect(line.alerts).toHaveLength(1);
    expect(line.alerts[0]?.status).toBe("resolved");
  });
});

describe("order", () => {
  it("records a recovery older than the newest firing, and does not apply it", () => {
    const line = new Timeline();
    line.push(0, { event_time: at(0) });
    line.push(10, { event_time: at(10) });
    const late = line.recover(11, { event_time: at(5) });
    expect(late.outcome).toBe("recorded");
    expect(late.alert).toMatchObject({
      status: "firing",
      why: expect.arrayContaining([expect.objectContaining({ rule: "recovery.out_of_order" })]),
    });
    expect(line.incident(1)).toMatchObject({ status: "new", firing: 1 });
    expect(line.recover(12, { event_time: at(12) }).outcome).toBe("resolved");
  });

  it("keeps a recovery that came before its alert, so that the late alert opens no ghost", () => {
    const line = new Timeline();
    expect(line.recover(2, { event_time: at(1) })).toEqual({ alert: null, outcome: "waiting" });
    const late = line.push(3, { event_time: at(0) });
    expect(late).toMatchObject({ outcome: "recorded", alert: { status: "resolved", incident: null } });
    expect(line.incidents).toEqual([]);
    expect(line.push(4, { event_time: at(0) }).outcome).toBe("recorded");
    expect(line.push(5, { event_time: at(4) }).outcome).toBe("opened");
    expect(line.incidents).toHaveLength(1);
  });

  it("does open what fired after that recovery", () => {
    const line = new Timeline();
    line.recover(2, { event_time: at(1) });
    expect(line.push(3, { event_time: at(2) }).outcome).toBe("opened");
  });

  it("forgets that recovery after fifteen minutes", () => {
    const line = new Timeline();
    line.recover(2, { event_time: at(1) });
    expect(line.push(17.1, { event_time: at(0) }).outcome).toBe("opened");
  });

  it("takes the newest of several recoveries that came first, in whatever order they came", () => {
    const line = new Timeline();
    line.recover(10, { event_time: at(8) });
    line.recover(11, { event_time: at(4) });
    expect(line.push(12, { event_time: at(6) }).outcome).toBe("recorded");
  });

  it("does not open again what fired before its recovery", () => {
    const line = new Timeline();
    line.push(0, { event_time: at(0) });
    line.recover(5, { event_time: at(5) });
    expect(line.push(6, { event_time: at(2) }).outcome).toBe("recorded");
    expect(line.alerts[0]).toMatchObject({ status: "resolved", count: 2 });
    line.advance(8);
    expect(line.incident(1).status).toBe("resolved");
  });

  it("believes a source's clock an hour back and five minutes ahead", () => {
    const line = new Timeline();
    const ahead = line.push(0, { asset_name: "a", event_time: at(24 * HOUR) }).alert;
    const behind = line.push(0, { asset_name: "b", event_time: at(-24 * HOUR) }).alert;
    expect(ahead?.first_seen).toBe(at(5));
    expect(behind?.first_seen).toBe(at(-HOUR));
    expect([ahead?.received_at, behind?.received_at]).toEqual([at(0), at(0)]);
    // Off by the same, they are still in order.
    expect(line.recover(1, { asset_name: "a", event_time: at(24 * HOUR + 1) }).outcome).toBe("resolved");
    expect(line.recover(1, { asset_name: "b", event_time: at(-24 * HOUR + 1) }).outcome).toBe("resolved");
  });

  it("goes by arrival where the source gives no time", () => {
    const line = new Timeline();
    line.push(0, { event_time: at(4) });
    expect(line.recover(1).outcome).toBe("resolved");
    expect(line.push(2).alert?.status).toBe("firing");
    line.recover(3, { event_time: at(7) });
    expect(line.push(4).alert?.status).toBe("firing");
    line.recover(4, { asset_name: "b", event_time: at(9) });
    expect(line.push(5, { asset_name: "b" }).outcome).toBe("opened");
  });
});

it("measures windows by when we received, not by the source's clock", () => {
  const line = new Timeline({ strategy: "asset", window_minutes: 15 });
  line.push(0, { event_time: at(-50) });
  expect(line.push(14, { signature: "disk_full", event_time: at(-50) }).outcome).toBe("joined");
});
