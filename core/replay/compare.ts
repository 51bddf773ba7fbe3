import { alertId, incidentId } from "../ids.ts";
import type { Severity } from "../severity.ts";
import { type Group, groupsOf, type Placed } from "./groups.ts";
import type { Replay, Replayed } from "./replay.ts";
import {
  type Comparison,
  DIFFERENCES_MAX,
  type Difference,
  LANES_MAX,
  POINTS_MAX,
  SIDE_MAX,
} from "./schema.ts";
import type { StoredFacts } from "./stored.ts";

/** An incident as it is, for the list of differences. */
export interface KnownIncident {
  title: string;
  severity: Severity;
  /** Epoch ms. */
  created_at: number;
}

export interface CompareInput {
  company_id: string;
  /** Epoch ms, both inclusive; alerts outside only warmed the replay up. */
  from: number;
  to: number;
  replay: Replay;
  known: ReadonlyMap<number, KnownIncident>;
}

interface PlacedAlert extends Placed {
  alert: StoredFacts;
}

const iso = (ms: number) => new Date(ms).toISOString();
const round2 = (n: number) => Math.round(n * 100) / 100;

function reduction(deliveries: number, incidents: number): number | null {
  return deliveries === 0 ? null : round2(Math.max(0, (1 - incidents / deliveries) * 100));
}

/** What really is against what the replay made of it, incident by incident. */
export function compare({ company_id, from, to, replay, known }: CompareInput): Comparison {
  const placed: PlacedAlert[] = [];
  const after = new Set<number>();
  const [was, is] = [
    { suppressed: 0, dropped: 0, ungrouped: 0 },
    { suppressed: 0, dropped: 0, ungrouped: 0 },
  ];
  let deliveries = 0;
  const seqOf = (one: Replayed["made"][number] | undefined) => (one && replay.incidentOf(one)?.seq) ?? null;
  for (const { stored, made, dropped } of replay.replayed) {
    if (stored.received_at < from || stored.received_at > to) continue;
    deliveries += stored.count;
    const [first] = made;
    const one = { alert: stored, before: stored.incident, after: seqOf(first) };
    placed.push(one);
    for (const one of made) {
      const seq = seqOf(one);
      if (seq !== null) after.add(seq);
    }
    if (one.before === null) was[stored.suppressed_by === null ? "ungrouped" : "suppressed"] += 1;
    if (dropped) is.dropped += 1;
    else if (one.after === null) is[first?.suppressed_by ? "suppressed" : "ungrouped"] += 1;
  }
  const groups = groupsOf(placed);
  const kinds = kindsOf(groups);
  const before = new Set(placed.flatMap((one) => one.before ?? []));
  const different = groups
    .filter(({ kind }) => kind !== "same")
    .sort((a, b) => b.placed.length - a.placed.length);
  return {
    company_id,
    from: iso(from),
    to: iso(to),
    alerts: placed.length,
    deliveries,
    before: { incidents: before.size, noise_reduction: reduction(deliveries, before.size), ...was },
    after: { incidents: after.size, noise_reduction: reduction(deliveries, after.size), ...is },
    kinds,
    differences: different
      .slice(0, DIFFERENCES_MAX)
      .map((group) => differenceOf(company_id, group, replay, known)),
    differences_not_listed: Math.max(0, different.length - DIFFERENCES_MAX),
  };
}

function kindsOf(groups: readonly Group<PlacedAlert>[]): Comparison["kinds"] {
  const none = () => ({ groups: 0, before: 0, after: 0 });
  const kinds: Comparison["kinds"] = {
    same: none(),
    merged: none(),
    split: none(),
    moved: none(),
    new: none(),
    gone: none(),
  };
  for (const { kind, before, after } of groups) {
    kinds[kind].groups += 1;
    kinds[kind].before += before.size;
    kinds[kind].after += after.size;
  }
  return kinds;
}

const largest = (side: ReadonlyMap<number, number>) =>
  [...side].sort((a, b) => b[1] - a[1]).slice(0, SIDE_MAX);

function differenceOf(
  companyId: string,
  group: Group<PlacedAlert>,
  replay: Replay,
  known: ReadonlyMap<number, KnownIncident>,
): Difference {
  const [before, after] = [largest(group.before), largest(group.after)];
  const lanes = lanesOf(companyId, group, index(before), index(after));
  const drawn = lanes.reduce((sum, lane) => sum + lane.points.length, 0);
  return {
    kind: group.kind === "same" ? "moved" : group.kind,
    alerts: group.placed.length,
    before_count: group.before.size,
    after_count: group.after.size,
    before: before.map(([seq, alerts]) => {
      const is = known.get(seq);
      const firsts = group.placed.filter((one) => one.before === seq);
      return {
        id: incidentId(companyId, seq),
        title: is?.title ?? "An incident that is no longer kept",
        severity: is?.severity ?? "medium",
        alerts,
        first_at: iso(is?.created_at ?? firsts[0]?.alert.received_at ?? 0),
      };
    }),
    after: after.map(([seq, alerts]) => {
      const would = replay.store.incident(seq);
      return {
        id: null,
        title: would?.title ?? "",
        severity: would?.severity ?? "medium",
        alerts,
        first_at: iso(would?.created_at ?? 0),
      };
    }),
    lanes,
    alerts_not_drawn: group.placed.length - drawn,
  };
}

const index = (side: readonly [number, number][]) => new Map(side.map(([seq], i) => [seq, i]));

/** One lane an asset, those with the most alerts; the alerts of each evenly thinned where they are too many. */
function lanesOf(
  companyId: string,
  { placed }: Group<PlacedAlert>,
  before: ReadonlyMap<number, number>,
  after: ReadonlyMap<number, number>,
): Difference["lanes"] {
  const byAsset = new Map<string, PlacedAlert[]>();
  for (const one of placed) {
    const { asset_key, asset_name, tool } = one.alert;
    const name = asset_key || asset_name || tool;
    const lane = byAsset.get(name);
    if (lane) lane.push(one);
    else byAsset.set(name, [one]);
  }
  const lanes = [...byAsset.values()].sort((a, b) => b.length - a.length).slice(0, LANES_MAX);
  const each = Math.max(1, Math.floor(POINTS_MAX / Math.max(1, lanes.length)));
  return lanes.map((lane) => {
    const every = Math.ceil(lane.length / each);
    return {
      asset: lane[0]?.alert.asset_name || lane[0]?.alert.tool || "",
      points: lane
        .filter((_, i) => i % every === 0)
        .map(({ alert, before: b, after: a }) => ({
          alert_id: alertId(companyId, alert.seq),
          signature: alert.signature,
          severity: alert.severity,
          from: iso(alert.received_at),
          to: iso(Math.max(alert.received_at, alert.last_received_at, alert.resolved_at ?? 0)),
          before: b === null ? null : (before.get(b) ?? null),
          after: a === null ? null : (after.get(a) ?? null),
        })),
    };
  });
}
