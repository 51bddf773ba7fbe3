import type { NormalizedAlert } from "../alert.ts";
import type { AssetRecord } from "../asset.ts";
import { command, resolveQuiet } from "../engine/commands.ts";
import { type EngineContext, MINUTE } from "../engine/context.ts";
import { steady } from "../engine/flapping.ts";
import { cameEnough, waitOver } from "../engine/holding.ts";
import { takeIn } from "../engine/intake.ts";
import { HARD_AGE_MS } from "../engine/limits.ts";
import { MemoryStore } from "../engine/memory-store.ts";
import { OpenIndex } from "../engine/open-index.ts";
import { placeAlert } from "../engine/placing.ts";
import { type AlertState, type Changes, type IncidentState, newChanges } from "../engine/state.ts";
import { newStormWatch, watchStorm } from "../engine/storm.ts";
import type { Strategy } from "../incident.ts";
import type { CorrelationSettings } from "../settings.ts";
import { SmartModel } from "../smart/model.ts";
import type { SmartPort } from "../smart/port.ts";
import { ReplayBook } from "./book.ts";
import { Heap, type Timed } from "./heap.ts";
import type { ReplayPolicy } from "./policy.ts";
import {
  factsOf,
  Names,
  neverGrouped,
  normalizedOf,
  type Step,
  type StoredFacts,
  stepsOf,
} from "./stored.ts";

/** What a person did to an incident, which no setting decided: it happens in the replay as well. */
export interface Act {
  type: "resolve" | "reopen";
  incident: number;
  /** Epoch ms. */
  at: number;
}

export interface ReplaySetup {
  company_id: string;
  settings: CorrelationSettings;
  assets: readonly AssetRecord[];
  /** Normalised names of the assets whose trouble weighs more. */
  critical: ReadonlySet<string>;
  acts: readonly Act[];
  policy?: ReplayPolicy | null;
  /** In place of a new one, where the strategy is `smart`; what it learned before the range is not known. */
  smart?: SmartPort;
}

/** What became of a stored alert. */
export interface Replayed {
  stored: StoredFacts;
  /** Every alert the engine made of it; a second where it fired anew and its incident took it back no more. */
  made: Pick<AlertState, "incident" | "suppressed_by">[];
  dropped: boolean;
}

interface Pending extends Timed {
  run(): void;
}

/** What happens at once: deadlines, then people, then alerts by their seq. */
const [DEADLINE, ACT, ALERTS] = [-2, -1, 0];
const CHANGES_KEPT = 256;
const RETIRED_AFTER_MS = 60 * MINUTE;

/**
 * The engine over a company's stored alerts, as if they came again under other settings. Give the rows in the
 * order of their seqs, in pages of any size, then `finish`. Pure; the work of a row is its arrivals.
 */
export class Replay {
  readonly store = new MemoryStore();
  readonly replayed: Replayed[] = [];
  private book: ReplayBook;
  private pending = new Heap<Pending>();
  private open = new OpenIndex((seq) => this.store.incident(seq));
  private firstOf = new Map<number, Replayed>();
  private ctx: EngineContext;
  private names = new Names();
  private taken = 0;
  private setup: ReplaySetup;

  constructor(setup: ReplaySetup) {
    this.setup = setup;
    this.book = new ReplayBook(setup.assets);
    this.ctx = {
      company_id: setup.company_id,
      settings: setup.settings,
      assets: this.book,
      critical: setup.critical,
      store: this.store,
      changes: this.newChanges(),
      storm: newStormWatch(),
      ...(setup.policy ? { policy: setup.policy.port } : {}),
      ...(this.usesSmart() ? { smart: setup.smart ?? this.newModel() } : {}),
    };
    for (const act of setup.acts) this.pending.push({ at: act.at, order: ACT, run: () => this.byHand(act) });
  }

  add(stored: AlertState): void {
    const one: Replayed = { stored: factsOf(stored, this.names), made: [], dropped: false };
    this.replayed.push(one);
    if (stored.incident !== null && !this.firstOf.has(stored.incident))
      this.firstOf.set(stored.incident, one);
    if (neverGrouped(stored)) return;
    const steps = stepsOf(stored, this.setup.settings.window_minutes * MINUTE);
    this.play(one, normalizedOf(stored, this.names), steps, 0);
  }

  /** Lets happen what is still to come, at most so much of it; false: there is more. */
  finish(most = Number.POSITIVE_INFINITY): boolean {
    for (let i = 0; i < most; i++) {
      const next = this.pending.pop();
      if (!next) return true;
      next.run();
    }
    return this.pending.size === 0;
  }

  /** The incident that an alert of the replay is in at the end, or null. */
  incidentOf({ incident }: Pick<AlertState, "incident">): IncidentState | null {
    let at = incident === null ? undefined : this.store.incident(incident);
    while (at?.merged_into !== undefined) at = this.store.incident(at.merged_into);
    return at ?? null;
  }

  private advance(to: number): void {
    for (;;) {
      const next = this.pending.peek();
      if (!next || next.at > to) return;
      this.pending.pop();
      next.run();
    }
  }

  /** Takes one step, and leaves the next to its time. */
  private play(one: Replayed, alert: NormalizedAlert, steps: Step[], i: number): void {
    const step = steps[i];
    if (!step) return;
    if (i === 0) this.advance(step.at);
    alert.status = step.kind === "fires" ? "firing" : "resolved";
    this.book.current = one.stored.asset_key;
    const { alert: made, outcome } = takeIn(this.ctx, alert, null, step.at);
    if (made && made !== one.made.at(-1)) one.made.push(made);
    if (outcome === "dropped") one.dropped = true;
    if (made && outcome === "suppressed") this.awaitRelease(made, step.at);
    this.settle(made);
    const next = steps[i + 1];
    if (!next && made) this.retireLater(one, made, step.at);
    if (next)
      this.pending.push({
        at: next.at,
        order: ALERTS + one.stored.seq,
        run: () => this.play(one, alert, steps, i + 1),
      });
  }

  /** Once no incident could take it back, where it went is all that is kept of it. */
  private retireLater(one: Replayed, made: AlertState, now: number): void {
    if (made.status === "firing") return;
    const run = () => {
      if (made.status === "firing") return;
      this.store.forget(made);
      one.made = one.made.map(({ incident, suppressed_by }) => ({ incident, suppressed_by }));
    };
    this.pending.push({ at: now + HARD_AGE_MS + RETIRED_AFTER_MS, order: DEADLINE, run });
  }

  /** Deadlines that came up are kept; reasons and histories, which nobody reads here, are not. */
  private settle(made: AlertState | null): void {
    const { changes } = this.ctx;
    if (made) made.why.length = 0;
    const incident = made && this.incidentOf(made);
    if (incident) incident.why.length = 0;
    for (const [seq, at] of changes.resolveDue)
      this.pending.push({ at, order: DEADLINE, run: () => this.resolveIfQuiet(seq, at) });
    if (changes.resolveDue.size > 0) changes.resolveDue.clear();
    for (const [name, at] of changes.due) this.whenDue(name, at);
    if (changes.due.size > 0) changes.due.clear();
    this.taken += 1;
    if (this.taken % CHANGES_KEPT === 0) this.ctx.changes = this.newChanges();
  }

  private usesSmart(): boolean {
    const { strategy }: { strategy: Strategy } = this.setup.settings;
    return strategy === "smart";
  }

  private newModel(): SmartPort {
    return new SmartModel((key) => this.book.byKeyOf(key)?.name ?? key);
  }

  private newChanges(): Changes {
    const changes = newChanges();
    if (this.book.hasDependencies) changes.open = this.open;
    return changes;
  }

  /** A deadline that the engine named; answered when it is to be looked at again, it comes again. */
  private whenDue(name: string, at: number): void {
    this.pending.push({
      at,
      order: DEADLINE,
      run: () => {
        const again = this.lookAt(name, at);
        if (again !== null) this.whenDue(name, Math.max(again, at + 1));
        this.settle(null);
      },
    });
  }

  private lookAt(name: string, now: number): number | null {
    const [kind, ref] = name.split(":");
    if (kind === "storm") return watchStorm(this.ctx, now);
    const alert = this.store.alert(Number(ref));
    if (!alert) return null;
    if (kind === "held") {
      const again = waitOver(this.ctx, alert, now);
      if (alert.suppressed_by !== null) this.awaitRelease(alert, now);
      return again;
    }
    const delay = this.setup.settings.resolve_delay_minutes * MINUTE;
    return kind === "flap" ? steady(this.ctx, alert, now, delay) : null;
  }

  /** A silence or window that holds an alert ends some time, and what still fires then gets its incident. */
  private awaitRelease(alert: AlertState, now: number): void {
    const { policy } = this.setup;
    const end = alert.suppressed_by && policy ? policy.endOf(alert.suppressed_by, now) : null;
    if (end === null) return;
    this.pending.push({ at: end, order: DEADLINE, run: () => this.release(alert, end) });
  }

  private release(alert: AlertState, now: number): void {
    if (alert.status !== "firing" || alert.suppressed_by === null) return;
    const still = this.setup.policy?.port.holdsBack(alert, now);
    if (still) {
      alert.suppressed_by = still.by;
      this.awaitRelease(alert, now);
      return;
    }
    alert.suppressed_by = null;
    placeAlert(this.ctx, alert, now, { force: cameEnough(this.setup.settings, alert) });
    this.settle(alert);
  }

  private resolveIfQuiet(seq: number, now: number): void {
    const incident = this.store.incident(seq);
    const delay = this.setup.settings.resolve_delay_minutes * MINUTE;
    if (incident) resolveQuiet(this.ctx.changes, incident, delay, now);
  }

  /** On the incident that its first alert is in now. */
  private byHand({ type, incident: seq, at }: Act): void {
    const first = this.firstOf.get(seq)?.made[0];
    const incident = first && this.incidentOf(first);
    if (!incident) return;
    const by = { user_id: "", name: "" };
    const act = type === "resolve" ? { type, notes: "" } : { type, reason: "" };
    command(this.ctx.changes, incident, by, act, at);
  }
}
