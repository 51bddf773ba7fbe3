import type { NormalizedAlert } from "../../core/alert.ts";
import { AssetBook } from "../../core/asset-book.ts";
import { command, resolveQuiet } from "../../core/engine/commands.ts";
import type { EngineContext, Outcome } from "../../core/engine/context.ts";
import { steady } from "../../core/engine/flapping.ts";
import { waitOver } from "../../core/engine/holding.ts";
import { takeIn } from "../../core/engine/intake.ts";
import { MemoryStore } from "../../core/engine/memory-store.ts";
import { OpenIndex } from "../../core/engine/open-index.ts";
import { type AlertState, type Changes, type IncidentState, newChanges } from "../../core/engine/state.ts";
import { newStormWatch, watchStorm } from "../../core/engine/storm.ts";
import type { Result } from "../../core/errors.ts";
import type { IncidentCommand } from "../../core/incident.ts";
import { type CorrelationSettings, DEFAULT_CORRELATION } from "../../core/settings.ts";
import { SmartModel } from "../../core/smart/model.ts";
import { alertOf } from "./alert.ts";

export const MINUTE = 60_000;
export const COMPANY = "co_aaaaaaaaaaaaaaaa";
/** Minute 0 of every timeline. */
export const START = Date.UTC(2026, 0, 5, 9);

export const at = (minute: number): number => START + minute * MINUTE;

/** One company's engine over plain maps: what happens at which minute, deadlines included. */
export class Timeline {
  readonly store = new MemoryStore();
  readonly assets = new AssetBook();
  readonly changes: Changes = newChanges();
  readonly settings: CorrelationSettings;
  readonly critical: Set<string>;
  readonly company: string;
  readonly zero = START;
  /** Asked where the strategy is `smart`. */
  readonly smart = new SmartModel();
  readonly storm = newStormWatch();
  policy: EngineContext["policy"];
  private readonly open = new OpenIndex((seq) => this.store.incident(seq));
  /** Deadlines by name, as the object keeps them. */
  private due = new Map<string, number>();

  constructor(
    settings: Partial<CorrelationSettings> = {},
    more: { critical?: string[]; company?: string } = {},
  ) {
    this.settings = { ...DEFAULT_CORRELATION, ...settings };
    this.critical = new Set(more.critical);
    this.company = more.company ?? COMPANY;
  }

  /** Lets the time come, quiet periods that end on the way included, then takes the alert in. */
  push(minute: number, alert: Partial<NormalizedAlert> = {}): Outcome {
    this.advance(minute);
    const outcome = takeIn(this.context(), alertOf(alert), null, at(minute));
    this.take();
    return outcome;
  }

  /** What the engine works on, for what is done beside taking alerts in. */
  context(): EngineContext {
    const { company, settings, assets, critical, store, changes, storm, smart, policy } = this;
    if (assets.hasDependencies) changes.open ??= this.open;
    return { company_id: company, settings, assets, critical, store, changes, storm, smart, policy };
  }

  /** Runs `work` at a minute, deadlines on the way included. */
  at<T>(minute: number, work: (ctx: EngineContext, now: number) => T): T {
    this.advance(minute);
    const done = work(this.context(), at(minute));
    this.take();
    return done;
  }

  /** The same, for the recovery of an alert. */
  recover(minute: number, alert: Partial<NormalizedAlert> = {}): Outcome {
    return this.push(minute, { ...alert, status: "resolved" });
  }

  act(minute: number, n: number, cmd: IncidentCommand, name = "Ada"): Result<{ changed: boolean }> {
    this.advance(minute);
    const by = { user_id: `us_${name.toLowerCase()}`, name };
    return command(this.changes, this.incident(n), by, cmd, at(minute));
  }

  /** Runs the deadlines up to this minute, in their order. */
  advance(minute: number): void {
    for (;;) {
      const [next] = [...this.due].filter(([, due]) => due <= at(minute)).sort(([, a], [, b]) => a - b);
      if (!next) return;
      const [name, due] = next;
      this.due.delete(name);
      const again = this.run(name, due);
      this.take();
      if (again !== null) this.due.set(name, again);
    }
  }

  private run(name: string, due: number): number | null {
    const [what, ref] = name.split(":");
    const delay = this.settings.resolve_delay_minutes * MINUTE;
    if (what === "resolve") resolveQuiet(this.changes, this.incident(Number(ref)), delay, due);
    if (what === "storm") return watchStorm(this.context(), due);
    const alert = what === "held" || what === "flap" ? this.store.alert(Number(ref)) : undefined;
    if (!alert) return null;
    return what === "held" ? waitOver(this.context(), alert, due) : steady(this.context(), alert, due, delay);
  }

  private take(): void {
    for (const [seq, due] of this.changes.resolveDue) this.due.set(`resolve:${seq}`, due);
    for (const [name, due] of this.changes.due) this.due.set(name, due);
    this.changes.resolveDue.clear();
    this.changes.due.clear();
  }

  incident(n: number): IncidentState {
    const found = this.store.incident(n);
    if (!found) throw new Error(`there is no incident ${n}`);
    return found;
  }

  get incidents(): IncidentState[] {
    return [...this.store.incidents.values()];
  }

  get alerts(): AlertState[] {
    return [...this.store.alerts.values()];
  }

  /** Kinds of an incident's timeline, oldest first. */
  story(n: number): string[] {
    return this.changes.timeline.filter((row) => row.incident === n).map((row) => row.kind);
  }
}
