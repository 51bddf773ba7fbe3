import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { NormalizedAlert } from "../../../core/alert.ts";
import type { AlertState } from "../../../core/engine/state.ts";
import { type Act, Replay } from "../../../core/replay/replay.ts";
import type { CorrelationSettings } from "../../../core/settings.ts";
import { at, COMPANY, MINUTE, Timeline } from "../../support/timeline.ts";

/** The rows as they lie in the object: text, written and read. */
const rowsOf = (line: Timeline) => line.alerts.map((row) => JSON.parse(JSON.stringify(row)) as AlertState);

function actsOf(line: Timeline): Act[] {
  return line.changes.timeline.flatMap(({ incident, at, kind, actor }): Act[] => {
    if (actor.type !== "user") return [];
    if (kind === "resolved") return [{ type: "resolve", incident, at }];
    return kind === "reopened" ? [{ type: "reopen", incident, at }] : [];
  });
}

function replayOf(line: Timeline, settings: Partial<CorrelationSettings> = {}): Replay {
  const replay = new Replay({
    company_id: COMPANY,
    settings: { ...line.settings, ...settings },
    assets: line.assets.all(),
    critical: new Set(),
    acts: actsOf(line),
  });
  for (const row of rowsOf(line)) replay.add(row);
  replay.finish();
  return replay;
}

/** Groups of alert seqs, whatever the incidents are called. */
function partition(of: [alert: number, incident: number | null][]): number[][] {
  const groups = new Map<number | null, number[]>();
  for (const [alert, incident] of of) groups.set(incident, [...(groups.get(incident) ?? []), alert]);
  return [...groups.values()];
}

const live = (line: Timeline) => partition(line.alerts.map((a) => [a.seq, a.incident]));
const replayed = (replay: Replay) =>
  partition(replay.replayed.map(({ stored, made }) => [stored.seq, made[0]?.incident ?? null]));

/**
 * Never two at once: which of one millisecond came first is nowhere kept. By tenths of a minute: within a
 * second, the beats of a rhythm are told as even.
 */
const event = fc.record({
  after: fc.oneof(fc.constantFrom(1, 5, 10, 50, 140), fc.integer({ min: 1, max: 700 })).map((n) => n / 10),
  kind: fc.constantFrom("fires", "fires", "fires", "recovers", "resolve", "reopen"),
  asset_name: fc.constantFrom("web-01", "web-02", "db-01", ""),
  signature: fc.constantFrom("HighCPU", "disk_full"),
  tool_source: fc.constantFrom("zabbix", "prometheus"),
});
type Event = typeof event extends fc.Arbitrary<infer T> ? T : never;

function lived(events: Event[], settings: Partial<CorrelationSettings>): Timeline {
  const line = new Timeline(settings);
  let minute = 0;
  for (const { after, kind, ...alert } of events) {
    // Clocks tell whole milliseconds.
    minute = Math.round((minute + after) * MINUTE) / MINUTE;
    const newest = line.incidents.length;
    if (kind === "fires") line.push(minute, alert);
    else if (kind === "recovers") line.recover(minute, alert);
    else if (newest > 0)
      line.act(minute, newest, kind === "resolve" ? { type: kind, notes: "" } : { type: kind, reason: "" });
  }
  line.advance(minute + 1000);
  return line;
}

describe("a replay under the settings of then", () => {
  it.each([
    "asset|signature",
    "asset|signature|tool",
    "signature",
    "asset",
  ] as const)("makes the incidents that are there: %s", (strategy) => {
    fc.assert(
      fc.property(
        fc.array(event, { minLength: 1, maxLength: 40 }),
        fc.constantFrom(0.5, 5, 15, 60),
        (events, window_minutes) => {
          const line = lived(events, { strategy, window_minutes });
          expect(replayed(replayOf(line))).toEqual(live(line));
        },
      ),
      { numRuns: 300 },
    );
  });

  it("knows when a person resolved", () => {
    const line = new Timeline({ strategy: "asset" });
    line.push(0);
    line.act(1, 1, { type: "resolve", notes: "" });
    line.push(40, { signature: "disk_full" });
    expect(live(line)).toEqual([[1], [2]]);
    expect(replayed(replayOf(line))).toEqual([[1], [2]]);
  });

  it("keeps the rhythm of a thousand repeats", () => {
    const line = new Timeline({ strategy: "asset" });
    for (let i = 0; i < 1000; i++) line.push(i);
    line.push(1010, { signature: "disk_full" });
    expect(JSON.stringify(line.alerts[0]).length).toBeLessThan(1500);
    expect(live(line)).toEqual([[1, 2]]);
    expect(replayed(replayOf(line))).toEqual([[1, 2]]);
  });
});

describe("a replay under other settings", () => {
  const storm = (line: Timeline) => {
    const alerts: Partial<NormalizedAlert>[] = [
      { asset_name: "web-01", signature: "HighCPU" },
      { asset_name: "web-02", signature: "HighCPU" },
      { asset_name: "web-01", signature: "disk_full" },
    ];
    for (const [i, alert] of alerts.entries()) line.push(i, alert);
    return line;
  };

  it("groups as they say", () => {
    const line = storm(new Timeline());
    expect(live(line)).toEqual([[1], [2], [3]]);
    expect(replayed(replayOf(line, { strategy: "signature" }))).toEqual([[1, 2], [3]]);
    expect(replayed(replayOf(line, { strategy: "asset" }))).toEqual([[1, 3], [2]]);
  });

  it("equals having had them from the beginning", () => {
    fc.assert(
      fc.property(
        fc.array(
          event.filter(({ kind }) => kind === "fires" || kind === "recovers"),
          { minLength: 1, maxLength: 40 },
        ),
        fc.constantFrom("asset|signature", "signature", "asset" as const),
        (events, strategy) => {
          const then = lived(events, {});
          const always = lived(events, { strategy });
          const replay = replayOf(then, { strategy });
          const incidents = new Set(
            replay.replayed.flatMap(({ made }) => made.map((alert) => alert.incident)),
          );
          expect(incidents.size).toBe(always.incidents.length);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("opens nothing for what a recovery had overtaken", () => {
    const line = new Timeline();
    line.recover(0, { event_time: at(0) });
    line.push(1, { event_time: at(-1) });
    expect(line.incidents).toEqual([]);
    expect(replayed(replayOf(line, { strategy: "asset" }))).toEqual([[1]]);
    expect(replayOf(line).store.incidents.size).toBe(0);
  });
});
