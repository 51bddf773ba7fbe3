import { describe, expect, it } from "vitest";
import { correlateHeld } from "../../../core/engine/holding.ts";
import { Timeline } from "../../support/timeline.ts";

describe("an incident only at several alerts of a kind", () => {
  it("waits for the third, and takes those that waited with it", () => {
    const line = new Timeline({ min_alerts: 3, strategy: "signature" });
    const one = line.push(0, { asset_name: "web-01" });
    expect([one.outcome, one.alert?.incident]).toEqual(["held", null]);
    expect(line.push(2, { asset_name: "web-02" }).outcome).toBe("held");
    expect(line.push(4, { asset_name: "web-03" }).outcome).toBe("opened");
    expect(line.incident(1)).toMatchObject({ distinct: 3, firing: 3, alert_count: 3 });
    expect(line.alerts.map((a) => a.incident)).toEqual([1, 1, 1]);
  });

  it("counts deliveries: one alert that comes three times is enough", () => {
    const line = new Timeline({ min_alerts: 3 });
    line.push(0, { severity: "low" });
    expect(line.push(1, { severity: "low" }).outcome).toBe("repeated");
    expect(line.push(2, { severity: "low" }).outcome).toBe("opened");
    expect(line.incident(1)).toMatchObject({ distinct: 1, alert_count: 3 });
  });

  it("counts only those of one window", () => {
    const line = new Timeline({ min_alerts: 2, strategy: "signature", window_minutes: 10 });
    line.push(0, { asset_name: "web-01", severity: "low" });
    expect(line.push(11, { asset_name: "web-02", severity: "low" }).outcome).toBe("held");
    expect(line.incidents).toHaveLength(0);
  });

  it("never lets a critical one wait", () => {
    const line = new Timeline({ min_alerts: 5 });
    expect(line.push(0, { severity: "critical" }).outcome).toBe("opened");
  });

  it("opens for what is serious when the window ends, and for nothing less", () => {
    const line = new Timeline({ min_alerts: 2, window_minutes: 10 });
    line.push(0, { asset_name: "web-01", severity: "high" });
    line.push(1, { asset_name: "web-02", severity: "medium" });
    line.advance(9.9);
    expect(line.incidents).toHaveLength(0);
    line.advance(12);
    expect(line.alerts.map((a) => a.incident)).toEqual([1, null]);
    expect(line.alerts[1]?.held).toBeDefined();
  });

  it("takes along what came shortly before as well as what came after, when a serious one has waited", () => {
    const pair = [
      { asset_name: "web-01", severity: "high" },
      { asset_name: "web-02", severity: "low" },
    ] as const;
    for (const [first, second] of [pair, [pair[1], pair[0]]] as const) {
      const line = new Timeline({ min_alerts: 3, strategy: "signature", window_minutes: 10 });
      line.push(0, first);
      line.push(0.5, second);
      line.advance(30);
      expect(line.alerts.map((a) => a.incident)).toEqual([1, 1]);
    }
  });

  it("takes those that waited along where the strategy is smart, too", () => {
    const line = new Timeline({ min_alerts: 2, strategy: "smart" });
    expect(line.push(0, { severity: "low", tool_source: "zabbix" }).outcome).toBe("held");
    expect(line.push(1, { severity: "low", tool_source: "nagios" }).outcome).toBe("opened");
    expect(line.alerts.map((a) => a.incident)).toEqual([1, 1]);
    expect(line.incident(1)).toMatchObject({ distinct: 2, firing: 2 });
  });

  it("writes no row for one that comes again and still waits", () => {
    const line = new Timeline({ min_alerts: 3 });
    const { alert } = line.push(0, { severity: "low" });
    if (!alert) throw new Error("no alert");
    line.changes.alerts.clear();
    line.push(1, { severity: "low" });
    expect([line.changes.alerts.size, line.changes.repeats.get(alert)]).toEqual([0, 1]);
    expect(alert.held?.[2]).toBe(2);
  });

  it("lets go of one that recovered while it waited", () => {
    const line = new Timeline({ min_alerts: 2, strategy: "signature" });
    line.push(0, { asset_name: "web-01", severity: "low" });
    line.recover(1, { asset_name: "web-01", severity: "low" });
    expect(line.push(2, { asset_name: "web-02", severity: "low" }).outcome).toBe("held");
    expect(line.alerts[0]).toMatchObject({ status: "resolved", incident: null, held: undefined });
  });
});

describe("grouping by hand", () => {
  it("lets all but critical alerts wait until somebody asks, and groups them then", () => {
    const line = new Timeline({ auto_correlate: false, strategy: "asset" });
    expect(line.push(0, { asset_name: "web-01", signature: "a", severity: "high" }).outcome).toBe("held");
    expect(line.push(1, { asset_name: "web-01", signature: "b", severity: "low" }).outcome).toBe("held");
    expect(line.push(2, { asset_name: "db-01", severity: "critical" }).outcome).toBe("opened");
    line.advance(600);
    expect(line.incidents).toHaveLength(1);
    expect(line.at(601, (ctx, now) => correlateHeld(ctx, now, 100))).toBe(2);
    expect(line.alerts.map((a) => a.incident)).toEqual([2, 2, 1]);
    expect(line.at(602, (ctx, now) => correlateHeld(ctx, now, 100))).toBe(0);
  });

  it("opens for one that becomes critical", () => {
    const line = new Timeline({ auto_correlate: false });
    line.push(0, { severity: "low" });
    expect(line.push(1, { severity: "critical" }).outcome).toBe("opened");
  });
});
