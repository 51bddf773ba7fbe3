import { incidentId } from "../core/ids.ts";
import { clock } from "./clock.ts";
import type { CompanyCore } from "./company-core.ts";

const DAY_MS = 86_400_000;
/** Rows one slice looks at or deletes; the rest follows in the next alarm, so that ingest gets its turn. */
const SLICE = 500;

interface AlertRow extends Record<string, SqlStorageValue> {
  seq: number;
  status: string;
  incident: number | null;
  received_at: number;
  last: number;
  over: number | null;
}

interface IncidentRow extends Record<string, SqlStorageValue> {
  seq: number;
  status: string;
  version: number;
  firing: number;
  created_at: number;
  resolved_at: number | null;
  entries: number;
}

/** Sets when to look next, where that is not set: a day from now, or once the oldest row is old enough. */
export function scheduleRetention(core: CompanyCore, now: number): void {
  if (core.deadlines.get("retention") !== undefined) return;
  const { alerts_days, incidents_days } = core.record.retention;
  const oldest = (sql: string, days: number) => {
    const at = core.sql.exec<{ at: number | null }>(sql).toArray()[0]?.at;
    return at === null || at === undefined ? [] : [at + days * DAY_MS];
  };
  const due = [
    ...oldest("SELECT received_at AS at FROM alerts ORDER BY seq LIMIT 1", alerts_days),
    ...oldest("SELECT MIN(hour) AS at FROM counters", alerts_days),
    ...oldest("SELECT data ->> 'created_at' AS at FROM incidents ORDER BY seq LIMIT 1", incidents_days),
  ];
  if (due.length > 0) core.deadlines.set("retention", Math.max(now + DAY_MS, Math.min(...due)));
}

/**
 * Deletes what is over and older than the company wants kept, a slice per call. The lists' rows go first: were
 * the object's first and the database away, nobody would know of them any more.
 */
export class Retention {
  private alertsAfter = 0;
  private incidentsAfter = 0;
  private core: CompanyCore;

  constructor(core: CompanyCore) {
    this.core = core;
  }

  /** Throws when the database is away; the deadline then comes again. */
  async slice(now: number): Promise<void> {
    const { core } = this;
    core.checkpoint();
    const { alerts_days, incidents_days } = core.record.retention;
    const done =
      this.dropAlerts(now - alerts_days * DAY_MS) &&
      (await this.dropIncidents(now - incidents_days * DAY_MS));
    if (!done) {
      core.deadlines.set("retention", clock.now());
      return;
    }
    await this.dropCounters(now - alerts_days * DAY_MS);
    core.rejections.prune(now - alerts_days * DAY_MS);
    [this.alertsAfter, this.incidentsAfter] = [0, 0];
    core.deadlines.clear("retention");
    scheduleRetention(core, now);
  }

  private isOpen(incident: number | null): boolean {
    if (incident === null) return false;
    const found = this.core.store.incident(incident);
    return found !== undefined && found.status !== "resolved";
  }

  /** true: there are no more. Seqs rise with the clock, so the first that is young enough ends it. */
  private dropAlerts(cutoff: number): boolean {
    const { core } = this;
    const rows = core.sql
      .exec<AlertRow>(
        `SELECT seq, status, incident, received_at, data ->> 'last_received_at' AS last,
           data ->> 'resolved_at' AS over FROM alerts WHERE seq > ? ORDER BY seq LIMIT ?`,
        this.alertsAfter,
        SLICE,
      )
      .toArray();
    const old = rows.filter((row) => row.received_at < cutoff);
    const over = old.filter(
      (row) =>
        row.status !== "firing" && Math.max(row.last, row.over ?? 0) < cutoff && !this.isOpen(row.incident),
    );
    if (over.length > 0) core.transaction(() => core.store.dropAlerts(over.map((row) => row.seq)));
    this.alertsAfter = old.at(-1)?.seq ?? this.alertsAfter;
    return old.length < SLICE;
  }

  private async dropIncidents(cutoff: number): Promise<boolean> {
    const { core } = this;
    const rows = core.sql
      .exec<IncidentRow>(
        `SELECT seq, data ->> 'status' AS status, data ->> 'version' AS version, data ->> 'firing' AS firing,
           data ->> 'created_at' AS created_at, data ->> 'resolved_at' AS resolved_at,
           (SELECT COUNT(*) FROM timeline t WHERE t.incident = incidents.seq) AS entries
         FROM incidents WHERE seq > ? ORDER BY seq LIMIT ?`,
        this.incidentsAfter,
        SLICE,
      )
      .toArray();
    const old = rows.filter((row) => row.created_at < cutoff);
    const taken: IncidentRow[] = [];
    let budget = SLICE;
    let after = this.incidentsAfter;
    for (const row of old) {
      const over = row.status === "resolved" && row.firing === 0 && (row.resolved_at ?? cutoff) < cutoff;
      if (over && row.entries >= budget) break;
      after = row.seq;
      if (!over) continue;
      taken.push(row);
      budget -= row.entries + 1;
    }
    // One whose timeline alone is more than a slice loses it a slice at a time.
    const [first] = old;
    if (first && after === this.incidentsAfter) {
      core.transaction(() => core.store.dropTimeline(first.seq, SLICE));
      return false;
    }
    if (taken.length > 0) await this.dropThese(taken);
    this.incidentsAfter = after;
    return old.length < SLICE && after === (old.at(-1)?.seq ?? after);
  }

  private async dropThese(rows: IncidentRow[]): Promise<void> {
    const { core } = this;
    const { msp_id, company_id } = core.record;
    const incidents = rows.map(({ seq, version }) => ({ id: incidentId(company_id, seq), version }));
    await core.ports.prune({ msp_id, company_id, incidents, counters_before: null });
    core.transaction(() => {
      // Somebody may have reopened one while the lists were told: it is in them again with its next version.
      const still = rows.filter(({ seq, version }) => core.store.incident(seq)?.version === version);
      core.store.dropIncidents(still.map((row) => row.seq));
      core.outbox.forget(still.map((row) => row.seq));
      for (const { seq } of still)
        for (const kind of ["resolve", "expire"]) core.deadlines.clear(`${kind}:${seq}`);
    });
  }

  private async dropCounters(cutoff: number): Promise<void> {
    const { core } = this;
    const any = core.sql.exec("SELECT 1 FROM counters WHERE hour < ? LIMIT 1", cutoff).toArray().length > 0;
    if (!any) return;
    const { msp_id, company_id } = core.record;
    await core.ports.prune({ msp_id, company_id, incidents: [], counters_before: cutoff });
    core.transaction(() => core.sql.exec("DELETE FROM counters WHERE hour < ?", cutoff));
  }
}
