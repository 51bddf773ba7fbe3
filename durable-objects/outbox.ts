import type { Alert } from "../core/alert.ts";
import type { AlertState, Changes, IncidentState } from "../core/engine/state.ts";
import { alertView, baseScore, incidentView } from "../core/engine/view.ts";
import type { CompanyEvent } from "../core/events.ts";
import { incidentId } from "../core/ids.ts";
import type { ProjectedIncident } from "./rpc.ts";
import type { SqlStore } from "./store.ts";

/** Incidents a projection batch carries; D1 takes 2 MB in one parameter. */
const BATCH = 100;
/** Alerts a frame carries in full; more are counted, a screen shows no more anyway. */
const ALERTS_IN_FRAME = 20;
/** A row that failed alone this often while others passed is poisoned: parked, shown, tried seldom. */
const PARK_AFTER = 5;
const PARKED_RETRY_MS = 15 * 60_000;
/** What only counts is told to the lists this late: rows are money, and the stream tells it live. */
export const COUNTS_LATE_MS = 10_000;
/** And to live listeners at most this often: nobody reads a number that changes ten times a second. */
const TALLY_EVERY_MS = 500;

interface Item {
  attempts: number;
  error: string | null;
  since: number;
  not_before: number;
}

/**
 * Incidents whose newest version is not yet everywhere: on the live stream and in the console's lists. A
 * row is written with the change that made it so, and goes when both have it.
 */
export class Outbox {
  private items = new Map<number, Item>();
  private unpublished = new Set<number>();
  private unprojected = new Set<number>();
  /** Only their counts have moved: the stream tells those, the lists may lag. */
  private counted = new Set<number>();
  private countedSince = 0;
  /** Those whose counts live listeners are not told yet, and when they were told last. */
  private tallied = new Set<number>();
  private talliedAt = 0;
  /** What changed otherwise since it was last handed to the projection. */
  private changed = new Set<number>();
  private seen = new Map<number, AlertState>();
  private created = new Set<number>();
  private sql: SqlStorage;
  private store: SqlStore;
  private companyId: string;

  constructor(sql: SqlStorage, store: SqlStore, companyId: string) {
    this.sql = sql;
    this.store = store;
    this.companyId = companyId;
    this.load();
  }

  load(): void {
    for (const kept of [
      this.items,
      this.unpublished,
      this.unprojected,
      this.counted,
      this.changed,
      this.tallied,
    ])
      kept.clear();
    this.seen.clear();
    this.created.clear();
    const rows = this.sql.exec<{ incident: number; attempts: number; error: string | null; since: number }>(
      "SELECT incident, attempts, error, since FROM outbox",
    );
    for (const row of rows) {
      const { attempts, error, since } = row;
      this.items.set(row.incident, { attempts, error, since, not_before: 0 });
      this.unpublished.add(row.incident);
      this.unprojected.add(row.incident);
    }
  }

  /** Part of the commit: one row the first time an incident falls behind. */
  mark(changes: Changes, now: number): void {
    for (const { seq } of changes.incidents) {
      this.unprojected.add(seq);
      this.changed.add(seq);
      this.counted.delete(seq);
      this.unpublished.add(seq);
      this.behind(seq, now);
    }
    for (const { seq } of changes.counted.keys()) {
      if (!this.unprojected.has(seq)) this.count(seq, now);
      this.tallied.add(seq);
      this.behind(seq, now);
    }
  }

  private count(seq: number, now: number): void {
    if (this.counted.size === 0) this.countedSince = now;
    this.counted.add(seq);
  }

  private behind(seq: number, now: number): void {
    if (this.items.has(seq)) return;
    this.items.set(seq, { attempts: 0, error: null, since: now, not_before: 0 });
    this.sql.exec("INSERT OR IGNORE INTO outbox (incident, since) VALUES (?, ?)", seq, now);
  }

  /** After the commit: what live listeners are to be told. */
  announce(changes: Changes): void {
    for (const alert of changes.seen) this.seen.set(alert.seq, alert);
    for (const incident of changes.created) this.created.add(incident.seq);
  }

  /** Incidents not in the lists yet. */
  get pending(): number {
    return this.unprojected.size + this.counted.size;
  }

  /** Counts that wait for their turn in the lists. */
  get counting(): boolean {
    return this.counted.size > 0;
  }

  countsDue(now: number): boolean {
    return this.counting && now - this.countedSince >= COUNTS_LATE_MS;
  }

  /** Their turn has come. */
  includeCounts(): void {
    for (const seq of this.counted) this.unprojected.add(seq);
    this.counted.clear();
  }

  /** Counts that live listeners are still to be told. */
  get tallying(): boolean {
    return this.tallied.size > 0;
  }

  get idle(): boolean {
    return this.items.size === 0 && this.seen.size === 0;
  }

  /** Events for the live stream, oldest trouble first; answers what to call when the publish failed. */
  takeEvents(now: number): { events: CompanyEvent[]; seqs: number[]; failed: () => void } {
    if (now - this.talliedAt >= TALLY_EVERY_MS) {
      for (const seq of this.tallied) this.unpublished.add(seq);
      this.tallied.clear();
      this.talliedAt = now;
    }
    const seen = [...this.seen.values()];
    const seqs = [...this.unpublished];
    const created = new Set(this.created);
    const events: CompanyEvent[] = [];
    if (seen.length > 0) {
      const alerts: Alert[] = seen.slice(-ALERTS_IN_FRAME).map((a) => alertView(this.companyId, a));
      events.push({ type: "alert_received", data: { alerts, more: seen.length - alerts.length } });
    }
    for (const seq of seqs) {
      const incident = this.store.incident(seq);
      if (!incident) continue;
      const data = incidentView(this.companyId, incident, now);
      events.push({ type: created.has(seq) ? "incident_created" : "incident_updated", data });
    }
    for (const taken of [this.seen, this.unpublished, this.created]) taken.clear();
    const failed = () => {
      for (const alert of seen) if (!this.seen.has(alert.seq)) this.seen.set(alert.seq, alert);
      for (const seq of seqs) this.unpublished.add(seq);
      for (const seq of created) this.created.add(seq);
    };
    return { events, seqs, failed };
  }

  /** The next incidents to project, in order of their trouble; those waiting out a failure are left. */
  batch(now: number): IncidentState[] {
    const out: IncidentState[] = [];
    for (const seq of this.unprojected) {
      if (out.length >= BATCH) break;
      if ((this.items.get(seq)?.not_before ?? 0) > now) continue;
      const incident = this.store.incident(seq);
      if (incident) out.push(incident);
    }
    return out;
  }

  row(incident: IncidentState, now: number): ProjectedIncident {
    this.changed.delete(incident.seq);
    return { incident: incidentView(this.companyId, incident, now), priority_base: baseScore(incident) };
  }

  /** These versions are in the lists now; an incident that went on meanwhile stays, or waits if it only counted. */
  projected(rows: { seq: number; version: number }[], now: number): void {
    for (const { seq, version } of rows) {
      if (!this.changed.has(seq)) {
        this.unprojected.delete(seq);
        if (this.store.incident(seq)?.version !== version) this.count(seq, now);
      }
      const item = this.items.get(seq);
      if (!item || item.attempts === 0) continue;
      item.attempts = 0;
      item.error = null;
      this.sql.exec("UPDATE outbox SET attempts = 0, error = NULL WHERE incident = ?", seq);
    }
    this.settle(rows.map(({ seq }) => seq));
  }

  /** One incident alone could not be written while the database took others. */
  failed(seq: number, error: string, now: number): void {
    const item = this.items.get(seq);
    if (!item) return;
    item.attempts += 1;
    item.error = error;
    item.not_before = now + (item.attempts >= PARK_AFTER ? PARKED_RETRY_MS : 1000 * 2 ** item.attempts);
    this.sql.exec("UPDATE outbox SET attempts = ?, error = ? WHERE incident = ?", item.attempts, error, seq);
  }

  parked(): { incident_id: string; error: string; since: string }[] {
    return [...this.items]
      .filter(([, item]) => item.attempts >= PARK_AFTER)
      .map(([seq, item]) => ({
        incident_id: incidentId(this.companyId, seq),
        error: item.error ?? "",
        since: new Date(item.since).toISOString(),
      }));
  }

  /** These incidents are deleted: there is nothing to tell of them. */
  forget(seqs: number[]): void {
    const { items, unpublished, unprojected, counted, tallied, changed, created } = this;
    for (const kept of [items, unpublished, unprojected, counted, tallied, changed, created])
      for (const seq of seqs) kept.delete(seq);
    this.sql.exec(
      "DELETE FROM outbox WHERE incident IN (SELECT value FROM json_each(?))",
      JSON.stringify(seqs),
    );
  }

  private isDone(seq: number): boolean {
    const sets = [this.unpublished, this.tallied, this.unprojected, this.counted];
    return this.items.has(seq) && !sets.some((set) => set.has(seq));
  }

  /** Drops the rows of those that everybody has. */
  settle(seqs: number[]): void {
    const done = seqs.filter((seq) => this.isDone(seq));
    if (done.length === 0) return;
    for (const seq of done) this.items.delete(seq);
    this.sql.exec(
      "DELETE FROM outbox WHERE incident IN (SELECT value FROM json_each(?))",
      JSON.stringify(done),
    );
  }
}
