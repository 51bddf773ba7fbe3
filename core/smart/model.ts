import { Background, type Check, checkName } from "./background.ts";
import { Companions } from "./companions.ts";
import { type Evidence, evidence } from "./evidence.ts";
import { faded } from "./fading.ts";
import { Group } from "./group.ts";
import { BOUNDS, SMART } from "./parameters.ts";
import { poissonTail } from "./poisson.ts";
import type { SmartInput, SmartPlace, SmartPort } from "./port.ts";
import { alone, joined, onset, pulled, stays } from "./words.ts";

/** What was found out about an alert, until the engine says where it went. */
interface Weighed {
  input: SmartInput;
  check: Check;
  name: string;
  began: boolean;
  rate: number;
  best: Group | null;
  bestEvidence: Evidence | null;
  second: Group | null;
  secondEvidence: Evidence | null;
  burst: Burst | null;
  /** The incident whose place a new one takes, after a new onset in it. */
  after: Group | null;
}

/** Beginnings over the company now, against how many are usual in as much time. */
export interface Burst {
  seen: number;
  usual: number;
}

/** No relation says more than this per unit of power. */
const STRONGEST = Math.max(
  SMART.sameAsset + SMART.sameSignature + SMART.neighbour + SMART.confirmed,
  SMART.toolGroup,
);
const MINUTE = 60_000;

/**
 * The `smart` strategy of one company: an alert goes where it is explained best, by an open incident or by its
 * own background. Deterministic, one pass, bounded work and memory. Its state is plain data (`toJSON`), and a
 * stale copy of it only makes it less sure. See docs/correlation.md.
 */
export class SmartModel implements SmartPort {
  private background = new Background();
  private companions = new Companions();
  private readonly groups = new Map<number, Group>();
  /** Groups with power left, newest activity last. */
  private active: Group[] = [];
  /** Merged incident -> the one it is part of. */
  private readonly aliases = new Map<number, number>();
  /** When checks began anew, over the company. */
  private beginnings: number[] = [];
  private now = 0;
  private weighed: Weighed | null = null;
  private readonly nameOf: (asset: string) => string;
  /** Raised by every alert; tells whether a stored copy is old. */
  changes = 0;

  /** `nameOf`: how people call an asset. */
  constructor(nameOf: (asset: string) => string = (asset) => asset) {
    this.nameOf = nameOf;
  }

  place(given: SmartInput, takes: (incident: number) => boolean): SmartPlace {
    const w = this.weigh(given);
    this.weighed = w;
    const home = this.home(w.check, w.input.at, takes);
    if (home) {
      const next = this.successorFor(w, home);
      if (next && takes(next.id)) return this.join(next, w, takes);
      if (!this.newOnset(w, home))
        return {
          kind: "join",
          incident: home.id,
          score: 1,
          reasons: [stays(w.input, this.nameOf)],
          pull: [],
        };
      w.after = home;
      return { kind: "found", reasons: [onset(home, this.countOnset(w, home))] };
    }
    const { best, bestEvidence } = w;
    if (!best || !bestEvidence || bestEvidence.rate <= SMART.join * w.rate || !takes(best.id))
      return { kind: "found", reasons: [alone(w.rate, bestEvidence?.rate ?? 0)] };
    const target = this.successorFor(w, best) ?? best;
    if (target === best && this.newOnset(w, best)) {
      w.after = best;
      return { kind: "found", reasons: [onset(best, this.countOnset(w, best))] };
    }
    return this.join(takes(target.id) ? target : best, w, takes);
  }

  placed(given: SmartInput, incident: number): void {
    const w =
      this.weighed?.input.at === this.clamp(given.at) && this.sameCheck(this.weighed.input, given)
        ? this.weighed
        : this.weigh(given);
    this.weighed = null;
    this.changes += 1;
    const now = w.input.at;
    const { check } = w;
    const id = this.resolve(incident);
    const best = w.bestEvidence?.rate ?? 0;
    const explained = best / (best + w.rate);
    let group = this.groups.get(id);
    if (!group) {
      group = new Group(id, now);
      this.groups.set(id, group);
      if (this.groups.size > BOUNDS.groups) this.sweep(now);
    }
    if (w.after && w.after !== group) {
      w.after.successor = id;
      w.after.succeeded = now;
    }
    if (w.began) {
      check.began = now;
      group.beginning(now);
      this.beginnings.push(now);
      if (this.beginnings.length > 2 * BOUNDS.beginnings) this.beginnings.splice(0, BOUNDS.beginnings);
      this.background.countBeginning(explained, now);
    }
    this.background.count(check, explained, now);
    const above = Math.max(0, w.rate - SMART.priorAlerts / SMART.priorMinutes);
    const tool = w.input.group === null ? null : `${w.input.tool}\n${w.input.group}`;
    group.add(
      w.name,
      { asset: w.input.asset, signature: w.input.signature, tool },
      1 / (1 + above * SMART.routineMinutes),
      now,
    );
    check.last = now;
    check.group = id;
    this.activate(group, now);
  }

  repeated(input: SmartInput, incident: number): void {
    const check = this.background.find(input.asset, input.signature);
    // A storm of one check within a second teaches nothing after the first.
    if (check && input.at - check.last < 1000 && this.resolve(incident) === check.group) {
      this.background.count(check, 0, this.clamp(input.at));
      return;
    }
    this.weighed = null;
    this.placed(input, incident);
  }

  merged(into: number, from: number): void {
    const to = this.resolve(into);
    if (to === from) return;
    this.aliases.set(from, to);
    if (this.aliases.size > BOUNDS.aliases) {
      const oldest = this.aliases.keys().next();
      if (!oldest.done) this.aliases.delete(oldest.value);
    }
    this.changes += 1;
    const gone = this.groups.get(from);
    if (!gone) return;
    this.drop(gone);
    const group = this.groups.get(to) ?? new Group(to, gone.first);
    this.groups.set(to, group);
    group.absorb(gone, this.now);
    this.activate(group, this.now);
  }

  closed(incident: number): void {
    const group = this.groups.get(this.resolve(incident));
    if (group) this.end(group);
  }

  /** A technician said of two sets of assets that they belong together, or do not. */
  feedback(assets: readonly string[], others: readonly string[], word: "together" | "apart"): void {
    this.companions.tell(assets, others, word === "together" ? 1 : -1);
    this.changes += 1;
  }

  private clamp(at: number): number {
    return Math.max(at, this.now);
  }

  private sameCheck(a: SmartInput, b: SmartInput): boolean {
    return a.asset === b.asset && a.signature === b.signature;
  }

  private resolve(incident: number): number {
    let id = incident;
    for (let hops = 0; hops < 16; hops++) {
      const to = this.aliases.get(id);
      if (to === undefined) return id;
      id = to;
    }
    return id;
  }

  /** Looks at every group with power left; never changes what is known but the clock. */
  private weigh(given: SmartInput): Weighed {
    const now = this.clamp(given.at);
    this.now = now;
    const input = given.at === now ? given : { ...given, at: now };
    const check = this.background.touch(input.asset, input.signature, now);
    const name = checkName(input.asset, input.signature);
    const rate = this.background.rate(check, now);
    const burst = this.burst(now);
    let best: Group | null = null;
    let bestEvidence: Evidence | null = null;
    let second: Group | null = null;
    let secondEvidence: Evidence | null = null;
    for (let i = this.active.length - 1; i >= 0; i--) {
      const group = this.active[i] as Group;
      if (group.isOver(now)) {
        this.end(group);
        continue;
      }
      // Most groups have too little left to matter for anything: no further look.
      const most = STRONGEST * Math.max(faded(group.sum, now), group.tools.size > 0 ? 1 : 0);
      if (most * SMART.join < rate * 0.01) continue;
      const e = evidence(group, name, input, burst !== null, this.companions);
      if (e.rate > (bestEvidence?.rate ?? 0)) {
        second = best;
        secondEvidence = bestEvidence;
        best = group;
        bestEvidence = e;
      } else if (e.rate > (secondEvidence?.rate ?? 0)) {
        second = group;
        secondEvidence = e;
      }
    }
    const began = check.last < 0 || now - check.last >= SMART.silence;
    return {
      input,
      check,
      name,
      began,
      rate,
      best,
      bestEvidence,
      second,
      secondEvidence,
      burst,
      after: null,
    };
  }

  /** The company's burst, where one stands out; null otherwise. */
  private burst(now: number): Burst | null {
    const seen = countSince(this.beginnings, now - SMART.burstWindow);
    if (seen < SMART.burstLeast) return null;
    const usual = (this.background.usualBeginnings(now) * SMART.burstWindow) / MINUTE;
    return seen > usual && poissonTail(seen, usual) < SMART.burstChance ? { seen, usual } : null;
  }

  /** The open incident that the check is in, if it still takes it. */
  private home(check: Check, now: number, takes: (incident: number) => boolean): Group | null {
    if (check.group < 0) return null;
    const group = this.groups.get(this.resolve(check.group));
    if (!group) return null;
    if (group.isOver(now)) {
      this.end(group);
      return null;
    }
    return takes(group.id) ? group : null;
  }

  /** The incident that took over from this one, if the alert began with or after it and it explains it. */
  private successorFor(w: Weighed, group: Group): Group | null {
    if (group.successor < 0) return null;
    const next = this.groups.get(this.resolve(group.successor));
    if (!next || next === group || next.isOver(w.input.at)) return null;
    const since = group.succeeded - SMART.burstWindow;
    if (!w.began && w.check.began < since) return null;
    const e = next === w.best ? w.bestEvidence : next === w.second ? w.secondEvidence : null;
    const rate = (e ?? evidence(next, w.name, w.input, w.burst !== null, this.companions)).rate;
    return rate > SMART.join * w.rate ? next : null;
  }

  private countOnset(w: Weighed, group: Group): Burst {
    const now = w.input.at;
    const seen = countSince(group.beginnings, now - SMART.burstWindow) + 1;
    const before = countSince(group.beginnings, now - SMART.burstWindow - SMART.burstBefore) - (seen - 1);
    const span = Math.min(SMART.burstBefore, now - group.first - SMART.burstWindow);
    return { seen, usual: ((before + 1) * SMART.burstWindow) / span };
  }

  /** Whether this alert shows that the old incident's quiet course is over and something new began in it. */
  private newOnset(w: Weighed, group: Group): boolean {
    if (!w.began || group.successor >= 0 || w.input.at - group.first <= SMART.onsetAge) return false;
    const { seen, usual } = this.countOnset(w, group);
    return seen > usual && poissonTail(seen, usual) < SMART.onsetChance;
  }

  private join(group: Group, w: Weighed, takes: (incident: number) => boolean): SmartPlace {
    const e =
      group === w.best && w.bestEvidence
        ? w.bestEvidence
        : evidence(group, w.name, w.input, w.burst !== null, this.companions);
    const { best, second, secondEvidence } = w;
    const reasons = joined(group, w.input, e, w.rate, w.burst, this.nameOf);
    const score = e.rate / (e.rate + w.rate);
    const strong = SMART.pull * w.rate;
    const other = group === best ? second : group === second ? best : null;
    if (
      !other ||
      e.rate <= strong ||
      (secondEvidence?.rate ?? 0) <= strong ||
      group.successor >= 0 ||
      other.successor >= 0 ||
      !takes(other.id)
    )
      return { kind: "join", incident: group.id, score, reasons, pull: [] };
    // The older incident stays, so that what people look at does not vanish.
    const [older, newer] = group.first <= other.first ? [group, other] : [other, group];
    return {
      kind: "join",
      incident: older.id,
      score,
      reasons,
      pull: [{ incident: newer.id, reasons: [pulled(w.input, this.nameOf)] }],
    };
  }

  private activate(group: Group, now: number): void {
    const at = this.active.lastIndexOf(group);
    if (at === this.active.length - 1 && at >= 0) return;
    if (at >= 0) this.active.splice(at, 1);
    this.active.push(group);
    if (this.active.length > BOUNDS.candidates) {
      let weakest = 0;
      let least = Number.POSITIVE_INFINITY;
      for (let i = 0; i < this.active.length - 1; i++) {
        const power = faded((this.active[i] as Group).sum, now);
        if (power < least) {
          least = power;
          weakest = i;
        }
      }
      this.active.splice(weakest, 1);
    }
  }

  private drop(group: Group): void {
    this.groups.delete(group.id);
    const at = this.active.indexOf(group);
    if (at >= 0) this.active.splice(at, 1);
  }

  /** Ended: what was in it together is remembered, where it was more than routine. */
  private end(group: Group): void {
    this.drop(group);
    if (group.power >= SMART.routineShare && group.checks.size > 1)
      this.companions.learn([...group.assets.keys()].filter((asset) => asset !== ""));
    this.changes += 1;
  }

  /** Makes room: what is over ends, else the longest quiet. */
  private sweep(now: number): void {
    for (const group of [...this.groups.values()]) if (group.isOver(now)) this.end(group);
    while (this.groups.size > BOUNDS.groups) {
      let oldest: Group | null = null;
      for (const group of this.groups.values()) if (!oldest || group.last < oldest.last) oldest = group;
      if (!oldest) return;
      this.end(oldest);
    }
  }

  toJSON() {
    return {
      format: 1 as const,
      now: this.now,
      background: this.background.toJSON(),
      companions: this.companions.toJSON(),
      groups: [...this.groups.values()].map((group) => group.toJSON()),
      active: this.active.map((group) => group.id),
      aliases: [...this.aliases],
      beginnings: this.beginnings.slice(-BOUNDS.beginnings),
    };
  }

  static fromJSON(saved: SavedModel, nameOf?: (asset: string) => string): SmartModel {
    const made = new SmartModel(nameOf);
    made.now = saved.now;
    made.background = Background.fromJSON(saved.background);
    made.companions = Companions.fromJSON(saved.companions);
    for (const row of saved.groups) made.groups.set(row.id, Group.fromJSON(row));
    for (const id of saved.active) {
      const group = made.groups.get(id);
      if (group) made.active.push(group);
    }
    for (const [from, to] of saved.aliases) made.aliases.set(from, to);
    made.beginnings = saved.beginnings;
    return made;
  }
}

export type SavedModel = ReturnType<SmartModel["toJSON"]>;

/** How many of the times, oldest first, are at or after `since`. */
function countSince(times: readonly number[], since: number): number {
  let n = 0;
  for (let i = times.length - 1; i >= 0 && (times[i] as number) >= since; i--) n++;
  return n;
}
