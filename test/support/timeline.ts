import type { NormalizedAlert } from "../../core/alert.ts";
import { AssetBook } from "../../core/asset-book.ts";
import { command, resolveQuiet } from "../../core/engine/commands.ts";
import type { Outcome } from "../../core/engine/context.ts";
import { takeIn } from "../../core/engine/intake.ts";
import { MemoryStore } from "../../core/engine/memory-store.ts";
import { type AlertState, type Changes, type IncidentState, newChanges } from "../../core/engine/state.ts";
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
  private due = new Map<number, number>();

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
    const { company, settings, assets, critical, store, changes, smart } = this;
    const outcome = takeIn(
      { company_id: company, settings, assets, critical, store, changes, smart },
      alertOf(alert),
      null,
      at(minute),
    );
    this.take();
    return outcome;
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

  /** Runs the quiet periods that end up to this minute. */
  advance(minute: number): void {
    for (const [seq, due] of [...this.due]) {
      if (due > at(minute)) continue;
      this.due.delete(seq);
      resolveQuiet(this.changes, this.incident(seq), this.settings.resolve_delay_minutes * MINUTE, due);
    }
  }

  private take(): void {
    for (const [seq, due] of this.changes.resolveDue) this.due.set(seq, due);
    this.changes.resolveDue.clear();
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
