import { addTo, bounded, type Fading, faded } from "./fading.ts";
import { BOUNDS, SMART } from "./parameters.ts";

/** An asset's part in a group: its power, and when it first alerted in it, epoch ms. */
export interface AssetPart extends Fading {
  first: number;
}

export type GroupRow = {
  id: number;
  first: number;
  last: number;
  alerts: number;
  gap: number;
  clump: [number, number];
  power: number;
  sum: [number, number];
  checks: [string, number, number][];
  assets: [string, number, number, number][];
  signatures: [string, number, number][];
  tools: [string, number, number][];
  beginnings: number[];
  successor: number;
  succeeded: number;
};

/** What an open incident can still explain: the fading power of the checks that were active in it. */
export class Group {
  readonly id: number;
  first: number;
  last: number;
  alerts = 0;
  /** Usual gap between its bursts, ms; 0 while there was none. */
  gap = 0;
  /** Alerts of the burst that runs, and mean of those before. */
  clump = 0;
  clumps = 1;
  /** Mean explaining power of its alerts, 0 (routine) to 1, the newer weighing more. */
  power = 0;
  readonly sum: Fading;
  /** A check counts once, with the power of its newest alert. */
  readonly checks = new Map<string, Fading>();
  readonly assets = new Map<string, AssetPart>();
  readonly signatures = new Map<string, Fading>();
  /** The tools' own groups. */
  readonly tools = new Map<string, Fading>();
  /** When checks began anew in it. */
  beginnings: number[] = [];
  /** The incident that took over at a new onset, -1 while none did, and when. */
  successor = -1;
  succeeded = 0;

  constructor(id: number, now: number) {
    this.id = id;
    this.first = now;
    this.last = now;
    this.sum = { value: 0, at: now };
  }

  /** Quiet longer than this ends it, ms. */
  quietAfter(): number {
    const least = this.isRoutine()
      ? SMART.quietRoutine
      : this.checks.size <= 1
        ? SMART.quietAlone
        : SMART.quiet;
    return Math.min(SMART.quietRoutine, Math.max(least, SMART.quietGaps * this.gap));
  }

  isOver(now: number): boolean {
    return now - this.last > this.quietAfter();
  }

  isRoutine(): boolean {
    return this.power < SMART.routineShare;
  }

  /** Whether its checks come all day without coming together: background, not one trouble. */
  isScattered(now: number): boolean {
    if (!this.isRoutine()) return false;
    let live = 0;
    for (const check of this.checks.values()) if (now - check.at < SMART.quietRoutine) live += 1;
    return live > 2 && this.clumps < SMART.scatter * live;
  }

  /** Takes one alert of a check in. `power`: how much it explains of others, 0 to 1. */
  add(
    check: string,
    of: { asset: string; signature: string; tool: string | null },
    power: number,
    now: number,
  ): void {
    const mine = this.checks.get(check);
    const more = power - faded(mine, now);
    if (mine) {
      mine.value = power;
      mine.at = now;
    } else this.checks.set(check, { value: power, at: now });
    addTo(this.sum, more, now);
    const part = this.assets.get(of.asset);
    if (part) addTo(part, more, now);
    else this.assets.set(of.asset, { value: Math.max(0, more), at: now, first: now });
    bump(this.signatures, of.signature, more, now);
    if (of.tool !== null) this.tools.set(of.tool, { value: 1, at: now });
    const gap = now - this.last;
    if (this.alerts > 0 && gap > SMART.gapLeast)
      this.gap = this.gap === 0 ? gap : this.gap + (gap - this.gap) / 5;
    if (gap > SMART.gapLeast && this.clump > 0) {
      this.clumps += (this.clump - this.clumps) * SMART.routineStep;
      this.clump = 0;
    }
    this.clump += 1;
    this.alerts += 1;
    this.power += (power - this.power) * Math.max(SMART.routineStep, 1 / this.alerts);
    this.last = now;
    this.bound(now);
  }

  private bound(now: number): void {
    bounded(this.checks, BOUNDS.members, now);
    bounded(this.assets, BOUNDS.members, now);
    bounded(this.signatures, BOUNDS.members, now);
    bounded(this.tools, BOUNDS.members, now);
  }

  beginning(now: number): void {
    this.beginnings.push(now);
    if (this.beginnings.length > 2 * BOUNDS.beginnings) this.beginnings.splice(0, BOUNDS.beginnings);
  }

  /** All of `other` belongs to this one. */
  absorb(other: Group, now: number): void {
    addTo(this.sum, faded(other.sum, now), now);
    for (const [name, sum] of other.checks) {
      const mine = this.checks.get(name);
      if (!mine || mine.at < sum.at) this.checks.set(name, sum);
    }
    for (const [name, part] of other.assets) {
      const mine = this.assets.get(name);
      if (mine) {
        addTo(mine, faded(part, now), now);
        mine.first = Math.min(mine.first, part.first);
      } else this.assets.set(name, part);
    }
    for (const [name, sum] of other.signatures) bump(this.signatures, name, faded(sum, now), now);
    for (const [name, sum] of other.tools) this.tools.set(name, sum);
    const all = this.alerts + other.alerts;
    this.power = all === 0 ? 0 : (this.power * this.alerts + other.power * other.alerts) / all;
    this.alerts = all;
    this.gap = Math.max(this.gap, other.gap);
    this.first = Math.min(this.first, other.first);
    this.last = Math.max(this.last, other.last);
    this.beginnings = [...this.beginnings, ...other.beginnings]
      .sort((a, b) => a - b)
      .slice(-BOUNDS.beginnings);
    this.bound(now);
  }

  toJSON(): GroupRow {
    return {
      id: this.id,
      first: this.first,
      last: this.last,
      alerts: this.alerts,
      gap: Math.round(this.gap),
      clump: [this.clump, round(this.clumps)],
      power: round(this.power),
      sum: [round(this.sum.value), this.sum.at],
      checks: [...this.checks].map(([name, s]) => [name, round(s.value), s.at]),
      assets: [...this.assets].map(([name, s]) => [name, round(s.value), s.at, s.first]),
      signatures: [...this.signatures].map(([name, s]) => [name, round(s.value), s.at]),
      tools: [...this.tools].map(([name, s]) => [name, s.value, s.at]),
      beginnings: this.beginnings.slice(-BOUNDS.beginnings),
      successor: this.successor,
      succeeded: this.succeeded,
    };
  }

  static fromJSON(row: GroupRow): Group {
    const made = new Group(row.id, row.first);
    made.last = row.last;
    made.alerts = row.alerts;
    made.gap = row.gap;
    [made.clump, made.clumps] = row.clump;
    made.power = row.power;
    [made.sum.value, made.sum.at] = row.sum;
    for (const [name, value, at] of row.checks) made.checks.set(name, { value, at });
    for (const [name, value, at, first] of row.assets) made.assets.set(name, { value, at, first });
    for (const [name, value, at] of row.signatures) made.signatures.set(name, { value, at });
    for (const [name, value, at] of row.tools) made.tools.set(name, { value, at });
    made.beginnings = row.beginnings;
    made.successor = row.successor;
    made.succeeded = row.succeeded;
    return made;
  }
}

const round = (value: number): number => Number(value.toPrecision(9));

function bump(sums: Map<string, Fading>, name: string, power: number, now: number): void {
  const sum = sums.get(name);
  if (sum) addTo(sum, power, now);
  else sums.set(name, { value: Math.max(0, power), at: now });
}
