import { describe, expect, it } from "vitest";
import { correlateHeld } from "../../../core/engine/holding.ts";
import { Policy, type PolicyWatch } from "../../../core/policy/decide.ts";
import { type WindowInput, windowInput } from "../../../core/policy/maintenance.ts";
import type { Silence } from "../../../core/policy/silence.ts";
import { silenceHold, windowHold } from "../../../core/policy/suppression.ts";
import { at, START, Timeline } from "../../support/timeline.ts";

class Watched implements PolicyWatch {
  readonly reached: [string, number][] = [];
  matched(): void {}
  ungrouped(): void {}
  failed(_id: string, text: string): void {
    throw new Error(text);
  }
  reachesBack(source: string, since: number): void {
    this.reached.push([source, since]);
  }
}

/** A silence from one minute to another. */
function silence(from: number, to: number, when: Silence["when"] = null) {
  const made = { created_at: START, created_by: "Ada", ended_by: null, closed: false, from: null };
  return silenceHold({ id: "si", when, comment: "", starts_at: at(from), ends_at: at(to), ...made });
}

function window(more: Partial<WindowInput>) {
  const input = windowInput.parse({
    name: "Patching",
    starts_at: new Date(START).toISOString().slice(0, 16),
    zone: "UTC",
    duration_minutes: 60,
  });
  const marks = { created_at: START, created_by: "Ada", not_before: START, handled_until: START };
  return windowHold({ ...input, ...more, id: "mw", ...marks });
}

const policyOf = (hold: ReturnType<typeof silence>, watch: PolicyWatch = new Watched()) =>
  new Policy({ rules: [], holds: [hold], corrections: [] }, watch, START);

describe("an alert that waits, and a silence that begins meanwhile", () => {
  it("opens nothing by coming again, and is looked at when the silence ends", () => {
    const line = new Timeline({ min_alerts: 3 });
    const watch = new Watched();
    line.policy = policyOf(silence(2, 20), watch);
    line.push(0, { severity: "medium" });
    line.push(1, { severity: "medium" });
    expect(line.push(3, { severity: "medium" }).outcome).toBe("suppressed");
    expect(line.incidents).toHaveLength(0);
    expect(line.alerts[0]).toMatchObject({ suppressed_by: "silence:si", held: undefined, count: 3 });
    expect(watch.reached).toEqual([["silence:si", at(0)]]);
  });

  it("opens nothing when its wait is over", () => {
    const line = new Timeline({ min_alerts: 3, window_minutes: 10 });
    line.policy = policyOf(silence(2, 30));
    line.push(0, { severity: "high" });
    line.advance(12);
    expect(line.incidents).toHaveLength(0);
    expect(line.alerts[0]?.suppressed_by).toBe("silence:si");
  });

  it("is not taken along by an incident of its kind", () => {
    const line = new Timeline({ min_alerts: 3, strategy: "signature" });
    line.policy = policyOf(silence(2, 30, { op: "equals", field: "asset", value: "web-02" }));
    line.push(0, { asset_name: "web-02" });
    line.push(1, { asset_name: "web-01" });
    expect(line.push(3, { asset_name: "web-03" }).outcome).toBe("opened");
    expect(line.alerts.map((a) => [a.asset_name, a.incident, a.suppressed_by])).toEqual([
      ["web-02", null, "silence:si"],
      ["web-01", 1, null],
      ["web-03", 1, null],
    ]);
  });

  it("opens nothing by being grouped by hand", () => {
    const line = new Timeline({ auto_correlate: false });
    line.policy = policyOf(silence(2, 30));
    line.push(0, { severity: "high" });
    expect(line.at(3, (ctx, now) => correlateHeld(ctx, now, 100))).toBe(0);
    expect(line.incidents).toHaveLength(0);
  });
});

describe("an alert that is held back and grows worse", () => {
  it("gets its incident where the silence was for less", () => {
    const line = new Timeline();
    line.policy = policyOf(silence(0, 60, { op: "severity_at_most", value: "medium" }));
    expect(line.push(1, { severity: "medium" }).outcome).toBe("suppressed");
    expect(line.push(2, { severity: "medium" }).outcome).toBe("repeated");
    expect(line.push(3, { severity: "critical" }).outcome).toBe("opened");
    expect(line.incident(1)).toMatchObject({ severity: "critical", alert_count: 3, firing: 1 });
    expect(line.alerts[0]).toMatchObject({ suppressed_by: null, incident: 1 });
    expect(line.alerts[0]?.why.map(({ rule }) => rule)).toContain("suppressed.outgrown");
    expect(line.push(4, { severity: "critical" }).outcome).toBe("repeated");
  });

  it("breaks through a maintenance window where security does", () => {
    const line = new Timeline();
    line.policy = policyOf(window({ security_breaks_through: true }));
    expect(line.push(1, { category: "Security", severity: "high" }).outcome).toBe("suppressed");
    expect(line.push(2, { category: "Security", severity: "critical" }).outcome).toBe("opened");
  });

  it("stays held where the silence is for it all, and where it only gets better", () => {
    const line = new Timeline();
    line.policy = policyOf(silence(0, 60));
    line.push(1, { severity: "medium" });
    expect(line.push(2, { severity: "critical" }).outcome).toBe("repeated");
    const better = new Timeline();
    better.policy = policyOf(silence(0, 60, { op: "equals", field: "severity", value: "high" }));
    better.push(1, { severity: "high" });
    expect(better.push(2, { severity: "low" }).outcome).toBe("repeated");
    expect([line.incidents, better.incidents]).toEqual([[], []]);
  });

  it("never where it is a sign of life", () => {
    const line = new Timeline();
    line.policy = policyOf(silence(0, 60));
    line.push(1, { heartbeat: true, severity: "low" });
    expect(line.push(2, { heartbeat: true, severity: "critical" }).outcome).toBe("repeated");
    expect(line.incidents).toHaveLength(0);
  });
});
