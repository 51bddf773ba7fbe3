import { Background, type Check, checkName } from "./background.ts";
import { type Burst, companyBurst, newOnset } from "./bursts.ts";
import { Companions } from "./companions.ts";
import { type Evidence, evidence, explainsBetter } from "./evidence.ts";
import { faded } from "./fading.ts";
import type { Group } from "./group.ts";
import { GroupBook } from "./group-book.ts";
import { BOUNDS, SMART } from "./parameters.ts";
import type { SmartInput, SmartPlace, SmartPort } from "./port.ts";
import { Recovering } from "./recovering.ts";
import { alone, joined, onset, pulled, stays } from "./words.ts";

/** What was found out about an alert, until the engine says where it went. */
interface Weighed {
  input: SmartInput;
  check: Check;
  name: string;
  /** The check was silent before. */
  began: boolean;
  /** Its own background, alerts a minute. */
  rate: number;
  burst: Burst | null;
  best: Candidate | null;
  second: Candidate | null;
  /** The incident whose place a new one takes, after a new onset in it. */
  after: Group | null;
}

interface Candidate {
  group: Group;
  evidence: Evidence;
}

/** No relation says more than this per unit of power. */
const STRONGEST = Math.max(
  SMART.sameAsset + SMART.sameSignature + SMART.neighbour + SMART.confirmed,
  SMART.toolGroup,
);
/** Alerts of a group between two looks at whether it is background. */
const SCATTER_EVERY = 16;
/** Storms of one check teach nothing within this time, ms. */
const SAME_BREATH_MS = 1000;

/**
 * The `smart` strategy of one company: an alert goes where it is explained best, by an open incident or by its
 * own background. Deterministic, one pass, bounded work and memory. Its state is plain data (`toJSON`), and a
 * stale copy of it only makes it less sure. See docs/correlation.md.
 */
export class SmartModel implements SmartPort {
  private background = new Background();
  private companions = new Companions();
  private recovering = new Recovering();
  private readonly groups = new GroupBook((group) => this.learn(group));
  /** When checks began anew, over the company. */
  private beginnings: number[] = [];
  private now = 0;
  /** The highest incident heard of. */
  private newest = 0;
  private weighed: Weighed | null = null;
  private readonly nameOf: (asset: string) => string;
  /** Raised by every change; tells whether a stored copy is old. */
  changes = 0;

  /** `nameOf`: how people call an asset. */
  constructor(nameOf: (asset: string) => string = (asset) => asset) {
    this.nameOf = nameOf;
  }

  place(given: SmartInput, takes: (incident: number) => boolean): SmartPlace {
    const w = this.weigh(given);
    this.weighed = w;
    const now = w.input.at;
    // Without a name nothing tells that it is the same check.
    const named = w.input.asset !== "" && w.input.check !== "";
    const open = named ? this.groups.open(w.check.group, now) : null;
    const home = open && takes(open.id) ? open : null;
    const explained = w.best && w.best.evidence.rate > SMART.join * w.rate && takes(w.best.group.id);
    const from = home ?? (explained && w.best ? w.best.group : null);
    if (!from) return { kind: "found", reasons: [alone(w.rate, w.best?.evidence.rate ?? 0)] };
    const next = this.successor(w, from);
    if (next && takes(next.group.id)) return this.join(next, w, takes);
    const burst = w.began ? newOnset(from, now) : null;
    if (burst) {
      w.after = from;
      return { kind: "found", reasons: [onset(from, burst)] };
    }
    if (home) {
      const reasons = [stays(w.input, this.nameOf)];
      return { kind: "join", incident: home.id, score: 1, reasons, pull: [] };
    }
    return this.join(w.best as Candidate, w, takes);
  }

  placed(given: SmartInput, incident: number): void {
    const known = this.weighed;
    this.weighed = null;
    const w = known && isOf(known, given) ? known : this.weigh(given);
    this.changes += 1;
    const now = w.input.at;
    const { check, input } = w;
    const best = w.best?.evidence.rate ?? 0;
    const explained = (SMART.explainAway * best) / (best + w.rate);
    const group = this.groups.ensure(incident, now);
    this.newest = Math.max(this.newest, incident);
    if (w.after && w.after !== group) {
      w.after.successor = group.id;
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
    this.enter(group, w.name, input, w.rate, now);
    check.last = now;
    check.group = group.id;
    if (group.alerts % SCATTER_EVERY === 0 && group.isScattered(now)) this.groups.end(group);
    else this.groups.activate(group, now);
  }

  /** An alert of a check of this rate, alerts a minute, counts in the group. */
  private enter(group: Group, name: string, input: SmartInput, rate: number, now: number): void {
    // A check that comes oftener than the prior says explains less of what else comes.
    const above = Math.max(0, rate - SMART.priorAlerts / SMART.priorMinutes);
    const tool = input.group === null ? null : `${input.tool}\n${input.group}`;
    const of = { asset: input.asset, signature: input.signature, tool };
    group.add(name, of, 1 / (1 + above * SMART.routineMinutes), now);
  }

  repeated(input: SmartInput, incident: number): void {
    const check = this.background.find(input.asset, input.check);
    if (
      check &&
      input.at - check.last < SAME_BREATH_MS &&
      this.groups.resolve(incident) === this.groups.resolve(check.group)
    )
      return;
    this.placed(input, incident);
  }

  lapsed(given: SmartInput, incident: number): boolean {
    if (this.recovering.has(given.tool)) return false;
    const check = this.background.find(given.asset, given.check);
    // Of an incident newer than the stored copy nothing is known.
    if (!check || incident > this.newest) return false;
    const now = Math.max(given.at, this.now);
    const here = this.groups.resolve(check.group) === this.groups.resolve(incident);
    if (here && now - check.last < SAME_BREATH_MS) return false;
    const group = this.groups.open(incident, now);
    if (!group) return true;
    const silent = now - check.last >= SMART.silence;
    if (group.successor < 0 && !silent) return false;
    const w = this.weigh(given);
    return this.successor(w, group) !== null || (silent && newOnset(group, now) !== null);
  }

  recovers(tool: string): void {
    if (this.recovering.note(tool)) this.changes += 1;
  }

  merged(into: number, from: number): void {
    this.groups.merge(into, from, this.now);
    this.changes += 1;
  }

  moved(input: SmartInput, incident: number): void {
    const check = this.background.find(input.asset, input.check);
    if (!check) return;
    this.changes += 1;
    this.newest = Math.max(this.newest, incident);
    const now = Math.max(input.at, this.now);
    const group = this.groups.ensure(incident, now);
    this.enter(group, checkName(input.asset, input.check), input, this.background.rate(check, now), now);
    check.group = group.id;
    this.groups.activate(group, now);
  }

  unmerged(from: number): void {
    this.groups.apart(from);
    this.changes += 1;
  }

  closed(incident: number): void {
    const group = this.groups.get(incident);
    if (group) this.groups.end(group);
  }

  /** A technician said of two sets of assets that they belong together, or do not. */
  feedback(assets: readonly string[], others: readonly string[], word: "together" | "apart"): void {
    this.companions.tell(assets, others, word === "together" ? 1 : -1);
    this.changes += 1;
  }

  /** An incident over: the assets in it are remembered, where it was more than routine. */
  private learn(group: Group): void {
    this.changes += 1;
    if (group.isRoutine() || group.checks.size < 2) return;
    this.companions.learn([...group.assets.keys()].filter((asset) => asset !== ""));
  }

  /** Looks at every group with power left. */
  private weigh(given: SmartInput): Weighed {
    const now = Math.max(given.at, this.now);
    this.now = now;
    const input = given.at === now ? given : { ...given, at: now };
    const check = this.background.touch(input.asset, input.check, now);
    const w: Weighed = {
      input,
      check,
      name: checkName(input.asset, input.check),
      began: check.last < 0 || now - check.last >= SMART.silence,
      rate: this.background.rate(check, now),
      burst: companyBurst(this.beginnings, this.background, now),
      best: null,
      second: null,
      after: null,
    };
    const { active } = this.groups;
    for (let i = active.length - 1; i >= 0; i--) {
      const group = active[i] as Group;
      if (group.isOver(now)) {
        this.groups.end(group);
        continue;
      }
      // Most have too little left to matter: no further look.
      const most = STRONGEST * Math.max(faded(group.sum, now), group.tools.size > 0 ? 1 : 0);
      if (most < 0.01 * w.rate) continue;
      const e = this.evidence(group, w);
      const clear = SMART.join * w.rate;
      if (explainsBetter(e, w.best?.evidence, clear)) {
        w.second = w.best;
        w.best = { group, evidence: e };
      } else if (explainsBetter(e, w.second?.evidence, clear)) w.second = { group, evidence: e };
    }
    return w;
  }

  private evidence(group: Group, w: Weighed): Evidence {
    return evidence(group, w.name, w.input, w.burst !== null, this.companions);
  }

  /** The incident that took over from this one, if the alert began with or after it and it explains it. */
  private successor(w: Weighed, group: Group): Candidate | null {
    if (group.successor < 0) return null;
    const next = this.groups.open(group.successor, w.input.at);
    if (!next || next === group) return null;
    if (!w.began && w.check.began < group.succeeded - SMART.burstWindow) return null;
    const e = this.evidence(next, w);
    return e.rate > SMART.join * w.rate ? { group: next, evidence: e } : null;
  }

  private join(
    { group, evidence: e }: Candidate,
    w: Weighed,
    takes: (incident: number) => boolean,
  ): SmartPlace {
    const made = {
      kind: "join" as const,
      score: e.rate / (e.rate + w.rate),
      reasons: joined(group, w.input, e, w.rate, w.burst, this.nameOf),
    };
    const other = (group === w.best?.group ? w.second : group === w.second?.group ? w.best : null) ?? null;
    const strong = SMART.pull * w.rate;
    // A burst alone says nothing of which incidents are one.
    const both = other && e.related > strong && other.evidence.related > strong && takes(other.group.id);
    // Where one took over from another, they were told apart for a reason.
    if (!both || group.successor >= 0 || other.group.successor >= 0)
      return { ...made, incident: group.id, pull: [] };
    // The older one stays, so that what people look at does not vanish.
    const [older, newer] = group.first <= other.group.first ? [group, other.group] : [other.group, group];
    const pull = [{ incident: newer.id, reasons: [pulled(w.input, this.nameOf)] }];
    return { ...made, incident: older.id, pull };
  }

  toJSON() {
    return {
      format: 1 as const,
      now: this.now,
      newest: this.newest,
      background: this.background.toJSON(),
      companions: this.companions.toJSON(),
      recovering: this.recovering.toJSON(),
      book: this.groups.toJSON(),
      beginnings: this.beginnings.slice(-BOUNDS.beginnings),
    };
  }

  static fromJSON(saved: SavedModel, nameOf?: (asset: string) => string): SmartModel {
    const made = new SmartModel(nameOf);
    made.now = saved.now;
    made.newest = saved.newest;
    made.background = Background.fromJSON(saved.background);
    made.companions = Companions.fromJSON(saved.companions);
    made.recovering = Recovering.fromJSON(saved.recovering);
    made.groups.restore(saved.book);
    made.beginnings = saved.beginnings;
    return made;
  }
}

export type SavedModel = ReturnType<SmartModel["toJSON"]>;

/** Whether what was weighed last is this alert. */
function isOf(w: Weighed, given: SmartInput): boolean {
  return w.input.asset === given.asset && w.input.check === given.check && w.input.at >= given.at;
}
