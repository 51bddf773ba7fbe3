import type { AssetStanding } from "../core/asset-view.ts";
import type { AlertState } from "../core/engine/state.ts";
import type { Severity } from "../core/severity.ts";

/** An object that works is an object that does not ingest: after so many rows others get their turn. */
const CHUNK = 2000;

interface Entry {
  /** Seqs of its alerts, rising. */
  alerts: number[];
  incidents: Set<number>;
  /** Firing alerts that count; a sign of life does not. */
  firing: Map<number, Severity>;
  first: number;
  last: number;
}

interface Row extends Record<string, SqlStorageValue> {
  seq: number;
  incident: number | null;
  status: string;
  severity: string;
  asset_key: string;
  held: string | null;
  received_at: number;
  last: number;
}

type Seen = Pick<
  AlertState,
  | "seq"
  | "incident"
  | "status"
  | "severity"
  | "asset_key"
  | "suppressed_by"
  | "received_at"
  | "last_received_at"
>;

const NOTHING: AssetStanding = { firing: [], first: null, last: null };

/**
 * Which alerts belong to which asset, kept in memory alone: no row is written for it. Read once from the
 * alerts, when somebody first asks in this life of the object, and from then on told of every change.
 */
export class AssetActivity {
  private entries = new Map<string, Entry>();
  /** Alerts up to here are read; null: nobody has asked. */
  private readTo: number | null = null;
  private end = 0;
  private sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.sql = sql;
  }

  /** Reads on for one turn; true once all is known. `lastSeq` is the newest alert's. */
  read(lastSeq: number, ahead: Iterable<AlertState>): boolean {
    if (this.readTo === null) [this.readTo, this.end] = [0, lastSeq];
    if (this.readTo >= this.end) return true;
    const rows = this.sql
      .exec<Row>(
        `SELECT seq, incident, status, severity, received_at, data->>'asset_key' AS asset_key,
           data->>'suppressed_by' AS held, data->>'last_received_at' AS last
         FROM alerts WHERE seq > ?1 AND seq <= ?2 ORDER BY seq LIMIT ${CHUNK}`,
        this.readTo,
        this.end,
      )
      .toArray();
    for (const row of rows) this.take(fromRow(row));
    this.readTo = rows.length < CHUNK ? this.end : (rows.at(-1)?.seq ?? this.end);
    if (this.readTo < this.end) return false;
    this.finish(ahead);
    return true;
  }

  /** Alerts that came while older ones were still being read stand in between. */
  private finish(ahead: Iterable<AlertState>): void {
    for (const alert of ahead) this.take(alert);
    for (const entry of this.entries.values())
      entry.alerts = [...new Set(entry.alerts)].sort((a, b) => a - b);
  }

  /** An alert was written; free while nobody has asked. */
  note(alert: Seen): void {
    if (this.readTo !== null) this.take(alert);
  }

  private take(alert: Seen): void {
    if (alert.asset_key === "") return;
    let entry = this.entries.get(alert.asset_key);
    if (!entry) {
      entry = {
        alerts: [],
        incidents: new Set(),
        firing: new Map(),
        first: alert.received_at,
        last: alert.last_received_at,
      };
      this.entries.set(alert.asset_key, entry);
    }
    if (alert.seq > (entry.alerts.at(-1) ?? 0)) entry.alerts.push(alert.seq);
    else if (this.readTo !== null && this.readTo < this.end && alert.seq <= this.end)
      entry.alerts.push(alert.seq);
    if (alert.incident !== null) entry.incidents.add(alert.incident);
    if (alert.status === "firing" && alert.suppressed_by === null)
      entry.firing.set(alert.seq, alert.severity);
    else entry.firing.delete(alert.seq);
    entry.first = Math.min(entry.first, alert.received_at);
    entry.last = Math.max(entry.last, alert.last_received_at);
  }

  standing(key: string): AssetStanding {
    const entry = this.entries.get(key);
    return entry ? { firing: entry.firing.values(), first: entry.first, last: entry.last } : NOTHING;
  }

  /** Seqs of the alerts that fire on it, newest first. */
  firing(key: string): number[] {
    return [...(this.entries.get(key)?.firing.keys() ?? [])].sort((a, b) => b - a);
  }

  /** Seqs of its alerts below `before`, newest first. */
  alerts(key: string, before: number, limit: number): number[] {
    const all = this.entries.get(key)?.alerts ?? [];
    return all
      .filter((seq) => seq < before)
      .slice(-limit)
      .reverse();
  }

  /** Seqs of the incidents its alerts are in, below `before`, newest first. */
  incidents(key: string, before: number, limit: number): number[] {
    const all = [...(this.entries.get(key)?.incidents ?? [])].filter((seq) => seq < before);
    return all.sort((a, b) => b - a).slice(0, limit);
  }
}

function fromRow(row: Row): Seen {
  const { seq, incident, asset_key, received_at } = row;
  return {
    seq,
    incident,
    status: row.status as AlertState["status"],
    severity: row.severity as Severity,
    asset_key,
    suppressed_by: row.held,
    received_at,
    last_received_at: Number(row.last),
  };
}
