import { describe, expect, it } from "vitest";
import type { AlertState } from "../../../core/engine/state.ts";
import { compare } from "../../../core/replay/compare.ts";
import { groupsOf } from "../../../core/replay/groups.ts";
import { Replay } from "../../../core/replay/replay.ts";
import { comparisonSchema } from "../../../core/replay/schema.ts";
import type { CorrelationSettings } from "../../../core/settings.ts";
import { at, COMPANY, Timeline } from "../../support/timeline.ts";

const kindsOf = (...placed: [before: number | null, after: number | null][]) =>
  groupsOf(placed.map(([before, after]) => ({ before, after }))).map(({ kind }) => kind);

describe("what became of incidents that share alerts", () => {
  it("is told apart", () => {
    expect(kindsOf([1, 9], [1, 9])).toEqual(["same"]);
    expect(kindsOf([1, 9], [2, 9])).toEqual(["merged"]);
    expect(kindsOf([1, 8], [1, 9])).toEqual(["split"]);
    expect(kindsOf([1, 8], [1, 9], [2, 9])).toEqual(["moved"]);
    expect(kindsOf([1, 9], [null, 9])).toEqual(["moved"]);
    expect(kindsOf([null, 9])).toEqual(["new"]);
    expect(kindsOf([1, null])).toEqual(["gone"]);
    expect(kindsOf([null, null])).toEqual([]);
    expect(kindsOf([1, 1], [2, 2])).toEqual(["same", "same"]);
  });
});

function compared(line: Timeline, settings: Partial<CorrelationSettings>, from = 0, to = 10_000) {
  const replay = new Replay({
    company_id: COMPANY,
    settings: { ...line.settings, ...settings },
    assets: line.assets.all(),
    critical: new Set(),
    acts: [],
  });
  for (const row of line.alerts) replay.add(structuredClone(row) as AlertState);
  replay.finish();
  const known = new Map(line.incidents.map((i) => [i.seq, i]));
  return comparisonSchema.parse(compare({ company_id: COMPANY, from: at(from), to: at(to), replay, known }));
}

function outage(): Timeline {
  const line = new Timeline();
  for (let i = 0; i < 5; i++) line.push(i, { asset_name: `web-0${i}`, signature: "service_down" });
  line.push(5, { asset_name: "web-00", signature: "service_down" });
  line.push(6, { asset_name: "db-01", signature: "disk_full" });
  return line;
}

describe("a comparison", () => {
  it("is empty where nothing would change", () => {
    const found = compared(outage(), {});
    expect(found).toMatchObject({ alerts: 6, deliveries: 7, differences: [] });
    expect(found.before).toEqual(found.after);
    expect(found.kinds.same).toEqual({ groups: 6, before: 6, after: 6 });
  });

  it("says what would be one, with names, times and lanes", () => {
    const found = compared(outage(), { strategy: "signature" });
    expect(found.before).toMatchObject({ incidents: 6, noise_reduction: 14.29 });
    expect(found.after).toMatchObject({ incidents: 2, noise_reduction: 71.43 });
    expect(found.kinds).toMatchObject({
      same: { groups: 1 },
      merged: { groups: 1, before: 5, after: 1 },
    });
    const [merged] = found.differences;
    expect(merged).toMatchObject({ kind: "merged", alerts: 5, before_count: 5, after_count: 1 });
    expect(merged?.before[0]).toMatchObject({ title: "Service down on web-00", alerts: 1 });
    expect(merged?.after).toMatchObject([{ title: "Service down across 5 servers", alerts: 5 }]);
    expect(merged?.lanes.map(({ asset }) => asset)).toEqual([
      "web-00",
      "web-01",
      "web-02",
      "web-03",
      "web-04",
    ]);
    expect(merged?.lanes[1]?.points).toMatchObject([{ signature: "service_down", before: 1, after: 0 }]);
  });

  it("counts the alerts of the range alone", () => {
    const found = compared(outage(), { strategy: "signature" }, 2, 4);
    expect(found).toMatchObject({ alerts: 3, before: { incidents: 3 }, after: { incidents: 1 } });
  });

  it("stays small for a company whose every incident would change, and its counts stay exact", () => {
    const line = new Timeline();
    for (let i = 0; i < 4000; i++)
      line.push(i * 20, { asset_name: `h-${i % 50}`, signature: `check ${i % 3}`, caller_key: `${i}` });
    const found = compared(line, { window_minutes: 1400, strategy: "asset" }, 0, 100_000);
    expect(found.alerts).toBe(4000);
    const { same, ...rest } = found.kinds;
    const groups = Object.values(rest).reduce((sum, kind) => sum + kind.groups, 0);
    expect(groups).toBe(found.differences.length + found.differences_not_listed);
    expect(same.before + Object.values(rest).reduce((sum, k) => sum + k.before, 0)).toBe(
      found.before.incidents,
    );
    expect(JSON.stringify(found).length).toBeLessThan(2_000_000);
  });
});
