import { describe, expect, it } from "vitest";
import { withDependencies } from "../../../core/asset-edit.ts";
import { incidentOf, mergeIncidents } from "../../../core/engine/merging.ts";
import { splitByHand, undoRegrouping } from "../../../core/engine/regroup.ts";
import { Timeline } from "../../support/timeline.ts";

const HOUR = 60;

/** A day of one routine check: what the company is like is known. */
function known(): Timeline {
  const line = new Timeline({ strategy: "smart" });
  for (let n = 0; n < 24; n++) {
    line.push(n * HOUR, { asset_name: "mail-01", signature: "Login odd", tool_source: "ids" });
  }
  return line;
}

const T0 = 25 * HOUR;

function depend(line: Timeline, from: string, on: string): void {
  const [a, b] = [line.assets.resolve(from, null).asset, line.assets.resolve(on, null).asset];
  if (!a || !b) throw new Error("no such asset");
  line.assets.put(withDependencies(a, [b.id]));
}

describe("smart grouping in the engine", () => {
  it("keeps a repeat with its incident while its trouble goes on", () => {
    const line = known();
    const first = line.push(T0, { asset_name: "ws-01", signature: "Share gone", tool_source: "probe" });
    const again = line.push(T0 + 10, { asset_name: "ws-01", signature: "Share gone", tool_source: "probe" });
    expect(again.outcome).toBe("repeated");
    expect(again.alert).toBe(first.alert);
  });

  it("takes what comes again after the quiet as a new alert, where the tool sends no recoveries", () => {
    const line = known();
    const of = { asset_name: "ws-01", signature: "Share gone", tool_source: "probe" };
    const first = line.push(T0, of);
    const again = line.push(T0 + 3 * HOUR, of);
    expect(again.outcome).toBe("opened");
    expect(first.alert?.status).toBe("expired");
    expect(first.alert?.why.map((w) => w.rule)).toContain("expired.quiet");
    expect(again.alert?.incident).not.toBe(first.alert?.incident);
    // Nothing of the first fires any more: it resolves by itself, the second goes on.
    line.advance(T0 + 3 * HOUR + 5);
    const incident = line.incident(first.alert?.incident as number);
    expect(incident.status).toBe("resolved");
    expect(line.incident(again.alert?.incident as number).status).toBe("new");
  });

  it.each(["alertmanager", "Zabbix"])("never does so with %s, which says itself what is over", (tool) => {
    const line = known();
    const of = { asset_name: "ws-01", signature: "Share gone", tool_source: tool };
    const first = line.push(T0, of);
    expect(line.push(T0 + 4 * HOUR, of)).toMatchObject({ outcome: "repeated", alert: first.alert });
  });

  it("nor with a tool that was seen to send a recovery", () => {
    const line = known();
    const of = { asset_name: "ws-01", signature: "Share gone", tool_source: "probe" };
    line.recover(T0 - 1, { ...of, asset_name: "ws-02" });
    const first = line.push(T0, of);
    expect(line.push(T0 + 4 * HOUR, of)).toMatchObject({ outcome: "repeated", alert: first.alert });
  });

  it("merges incidents that an alert shows to be one, and both timelines say so", () => {
    const line = known();
    depend(line, "web-01", "app-01");
    depend(line, "app-01", "db-01");
    const one = line.push(T0, { asset_name: "db-01", signature: "Disk full", tool_source: "probe" });
    const two = line.push(T0 + 0.05, { asset_name: "web-01", signature: "HTTP 5xx", tool_source: "probe" });
    expect(two.alert?.incident).not.toBe(one.alert?.incident);
    const three = line.push(T0 + 0.1, { asset_name: "app-01", signature: "Backlog", tool_source: "probe" });
    expect(three.outcome).toBe("joined");
    if (!two.alert || !one.alert) throw new Error("no alerts");
    expect(incidentOf(line.store, two.alert)?.seq).toBe(one.alert.incident);
    expect(three.alert?.why.map((w) => w.rule)).toContain("smart.neighbour");
    const told = line.changes.timeline.filter((row) => row.kind === "merged").map((row) => row.text);
    expect(told).toHaveLength(2);
    expect(told[0]).toMatch(/Backlog on app-01 belongs clearly to both incidents/);
  });

  it("weighs dependencies beside time: what fails long after its cause is not simply put to it", () => {
    const line = known();
    depend(line, "app-01", "db-01");
    const cause = line.push(T0, { asset_name: "db-01", signature: "Disk full", tool_source: "probe" });
    const soon = line.push(T0 + 1, { asset_name: "app-01", signature: "HTTP 5xx", tool_source: "probe" });
    expect(soon.alert?.incident).toBe(cause.alert?.incident);
    const late = line.push(T0 + 13, { asset_name: "app-01", signature: "Backlog", tool_source: "probe" });
    expect(late.alert?.incident).not.toBe(cause.alert?.incident);
  });

  /** Two checks that belong together, in one incident; each alert of them has a key of its own. */
  function together(): Timeline {
    const line = known();
    depend(line, "app-01", "db-01");
    line.push(T0, { asset_name: "db-01", signature: "Disk full", tool_source: "probe", caller_key: "1" });
    const two = line.push(T0 + 0.5, APP);
    expect(two.alert?.incident).toBe(line.alerts.at(-2)?.incident);
    return line;
  }
  const APP = { asset_name: "app-01", signature: "HTTP 5xx", tool_source: "probe", caller_key: "2" };
  const ADA = { id: "us_ada", name: "Ada" };

  it("follows a person who has split an alert off: what comes of its check goes with it", () => {
    const line = together();
    const [old, moved] = line.alerts.slice(-2);
    const made = line.at(T0 + 1, (ctx, now) =>
      splitByHand(ctx, line.incident(old?.incident as number), [moved?.seq as number], null, ADA, now),
    );
    if (!made.ok) throw new Error(made.error.detail);
    const next = line.push(T0 + 1.5, { ...APP, caller_key: "3" });
    expect(next).toMatchObject({ outcome: "joined", alert: { incident: made.value.seq } });
  });

  it("knows that a merge was taken back", () => {
    const line = known();
    const one = line.push(T0, { asset_name: "db-01", signature: "Disk full", tool_source: "probe" });
    const two = line.push(T0 + 0.1, { ...APP, tool_source: "other" });
    const [into, from] = [one.alert?.incident as number, two.alert?.incident as number];
    expect(into).not.toBe(from);
    const text = "one trouble";
    line.at(T0 + 0.2, (ctx, now) =>
      mergeIncidents(ctx, line.incident(into), [line.incident(from)], ADA, { rule: "x", text }, now),
    );
    line.at(T0 + 0.3, (ctx, now) => undoRegrouping(ctx, line.incident(into), ADA, now));
    const next = line.push(T0 + 0.5, { ...APP, tool_source: "other", caller_key: "3" });
    expect(next.alert?.incident).toBe(from);
  });
});
