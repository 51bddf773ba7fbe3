import type { AssetRecord } from "../core/asset.ts";
import { AssetBook } from "../core/asset-book.ts";
import { HeldBook } from "../core/engine/held-book.ts";
import { OpenIndex } from "../core/engine/open-index.ts";
import type {
  AlertState,
  Changes,
  EngineStore,
  IncidentState,
  TimelineRow,
  Tombstone,
} from "../core/engine/state.ts";
import { AssetActivity } from "./asset-activity.ts";

/** Clean entries kept in memory; the rest is one indexed look-up away. */
const ALERTS_CACHED = 10_000;
const INCIDENTS_CACHED = 2_000;

interface AlertRow extends Record<string, SqlStorageValue> {
  data: string;
}

/**
 * The engine's state over the object's SQLite, with a cache in front. Only `write` and `checkpoint`
 * change rows; between them the cache may be ahead of the rows by repeats that the journal holds.
 */
export class SqlStore implements EngineStore {
  private alerts = new Map<number, AlertState>();
  private alertKeys = new Map<string, AlertState>();
  private incidents = new Map<number, IncidentState>();
  private incidentKeys = new Map<string, IncidentState>();
  private lastAlert = 0;
  private lastIncident = 0;
  private tombstones = 0;
  /** Changed by repeats alone since they were last written. */
  readonly aheadAlerts = new Set<AlertState>();
  readonly aheadIncidents = new Set<IncidentState>();
  private held = new HeldBook((seq) => this.alert(seq));
  private openByAsset: OpenIndex | null = null;
  assets = new AssetBook();
  activity: AssetActivity;

  private sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.sql = sql;
    this.activity = new AssetActivity(sql);
    this.reset();
  }

  /** Forgets all memory and reads anew: after a failed transaction, rows alone are the truth. */
  reset(): void {
    for (const map of [this.alerts, this.alertKeys, this.incidents, this.incidentKeys]) map.clear();
    this.aheadAlerts.clear();
    this.aheadIncidents.clear();
    const floor = this.seqFloor();
    this.lastAlert = Math.max(this.max("alerts", "seq"), floor.alert);
    this.lastIncident = Math.max(this.max("incidents", "seq"), floor.incident);
    this.tombstones = this.sql.exec<{ n: number }>("SELECT COUNT(*) AS n FROM tombstones").one().n;
    const assets = this.sql.exec<AlertRow>("SELECT data FROM assets ORDER BY id").toArray();
    const [free] = this.sql
      .exec<{ value: string }>("SELECT value FROM meta WHERE key = 'next_asset'")
      .toArray();
    this.assets = new AssetBook(
      assets.map((row) => JSON.parse(row.data) as AssetRecord),
      Number(free?.value ?? 1),
    );
    this.openByAsset = null;
    this.held = new HeldBook((seq) => this.alert(seq));
    for (const row of this.sql.exec<{ seq: number; held: string }>(
      "SELECT seq, held FROM alerts WHERE held IS NOT NULL",
    ))
      this.held.note(row.seq, row.held);
    this.forgetActivity();
  }

  private max(table: "alerts" | "incidents", column: "seq"): number {
    return this.sql.exec<{ n: number | null }>(`SELECT MAX(${column}) AS n FROM ${table}`).one().n ?? 0;
  }

  /** The highest seqs given before rows were deleted: none is ever given twice. */
  private seqFloor(): { alert: number; incident: number } {
    const [row] = this.sql
      .exec<{ value: string }>("SELECT value FROM meta WHERE key = 'seq_floor'")
      .toArray();
    return row ? (JSON.parse(row.value) as { alert: number; incident: number }) : { alert: 0, incident: 0 };
  }

  private keepSeqFloor(): void {
    this.sql.exec(
      "INSERT INTO meta VALUES ('seq_floor', ?1) ON CONFLICT DO UPDATE SET value = ?1",
      JSON.stringify({ alert: this.lastAlert, incident: this.lastIncident }),
    );
  }

  /** What is known of the assets' alerts is read anew when next asked for: alerts were deleted. */
  forgetActivity(): void {
    this.activity = new AssetActivity(this.sql);
  }

  /** Reads on in the assets' alerts for one turn; true once all is known. */
  readActivity(): boolean {
    return this.activity.read(this.lastAlert, this.aheadAlerts);
  }

  nextAlertSeq(): number {
    this.lastAlert += 1;
    return this.lastAlert;
  }

  nextIncidentSeq(): number {
    this.lastIncident += 1;
    return this.lastIncident;
  }

  alertByKey(key: string): AlertState | undefined {
    const hit = this.alertKeys.get(key);
    if (hit) return hit;
    const row = this.sql
      .exec<AlertRow>("SELECT data FROM alerts WHERE key = ? AND current = 1", key)
      .toArray()[0];
    return row && this.keepAlert(JSON.parse(row.data) as AlertState);
  }

  alert(seq: number): AlertState | undefined {
    const hit = this.alerts.get(seq);
    if (hit) return hit;
    const row = this.sql.exec<AlertRow>("SELECT data FROM alerts WHERE seq = ?", seq).toArray()[0];
    return row && this.keepAlert(JSON.parse(row.data) as AlertState);
  }

  firingOfFamily(tool: string, family: string): AlertState[] {
    const rows = this.sql.exec<{ seq: number }>(
      "SELECT seq FROM alerts WHERE family = ? AND status = 'firing' AND tool = ?",
      family,
      tool,
    );
    return rows.toArray().flatMap(({ seq }) => this.alert(seq) ?? []);
  }

  heldOf(key: string | null, max: number): AlertState[] {
    return this.held.of(key, max);
  }

  keepHeld(alert: AlertState): void {
    this.held.keep(alert);
  }

  /** Open incidents by asset. Made when first asked for; from then on whoever adds an alert notes it there. */
  openIndex(): OpenIndex {
    if (!this.openByAsset) {
      this.openByAsset = new OpenIndex((seq) => this.incident(seq));
      const rows = this.sql.exec<AlertRow>("SELECT data FROM incidents WHERE data->>'status' <> 'resolved'");
      for (const { data } of rows) {
        const { seq, assets } = JSON.parse(data) as IncidentState;
        for (const [key] of assets) this.openByAsset.note(key, seq);
      }
    }
    return this.openByAsset;
  }

  /** Firing alerts of an incident beyond those it lists, the longest silent first. */
  unlistedFiring(incident: IncidentState, max: number): number[] {
    if (incident.distinct <= incident.members.length) return [];
    return this.sql
      .exec<{ seq: number }>(
        `SELECT seq FROM alerts WHERE seq > ? AND incident = ? AND status = 'firing'
         ORDER BY data->>'last_received_at' LIMIT ?`,
        incident.members.at(-1) ?? 0,
        incident.seq,
        max,
      )
      .toArray()
      .map((row) => row.seq);
  }

  /** Alerts of a list of seqs, in its order; those in the cache as they are now. */
  alertsOf(seqs: number[]): AlertState[] {
    const missing = seqs.filter((seq) => !this.alerts.has(seq));
    const rows =
      missing.length === 0
        ? []
        : this.sql
            .exec<AlertRow>(
              "SELECT data FROM alerts WHERE seq IN (SELECT value FROM json_each(?))",
              JSON.stringify(missing),
            )
            .toArray();
    const read = new Map<number, AlertState>();
    for (const row of rows) {
      const alert = JSON.parse(row.data) as AlertState;
      read.set(alert.seq, alert);
    }
    return seqs.flatMap((seq) => this.alerts.get(seq) ?? read.get(seq) ?? []);
  }

  incident(seq: number): IncidentState | undefined {
    const hit = this.incidents.get(seq);
    if (hit) return hit;
    const row = this.sql.exec<AlertRow>("SELECT data FROM incidents WHERE seq = ?", seq).toArray()[0];
    return row && this.keepIncident(JSON.parse(row.data) as IncidentState);
  }

  incidentByKey(aggKey: string): IncidentState | undefined {
    const hit = this.incidentKeys.get(aggKey);
    if (hit) return hit;
    const row = this.sql
      .exec<AlertRow>("SELECT data FROM incidents WHERE agg_key = ? AND current = 1", aggKey)
      .toArray()[0];
    return row && this.keepIncident(JSON.parse(row.data) as IncidentState);
  }

  private keepAlert(alert: AlertState): AlertState {
    this.alerts.set(alert.seq, alert);
    if (alert.current) this.alertKeys.set(alert.key, alert);
    return alert;
  }

  private keepIncident(incident: IncidentState): IncidentState {
    this.incidents.set(incident.seq, incident);
    if (incident.current) this.incidentKeys.set(incident.agg_key, incident);
    return incident;
  }

  addAlert(alert: AlertState): void {
    this.keepAlert(alert);
  }

  addIncident(incident: IncidentState): void {
    this.keepIncident(incident);
  }

  tombstone(key: string): Tombstone | undefined {
    if (this.tombstones === 0) return undefined;
    return this.sql
      .exec<Record<string, SqlStorageValue>>(
        "SELECT key, event_time, expires_at FROM tombstones WHERE key = ?",
        key,
      )
      .toArray()[0] as unknown as Tombstone | undefined;
  }

  addTombstone(t: Tombstone): void {
    this.sql.exec(
      `INSERT INTO tombstones VALUES (?1, ?2, ?3)
       ON CONFLICT DO UPDATE SET event_time = max(event_time, ?2), expires_at = ?3`,
      t.key,
      t.event_time,
      t.expires_at,
    );
    this.tombstones += 1;
  }

  dropTombstone(key: string): void {
    this.sql.exec("DELETE FROM tombstones WHERE key = ?", key);
  }

  get hasTombstones(): boolean {
    return this.tombstones > 0;
  }

  dropExpiredTombstones(now: number): void {
    if (this.tombstones === 0) return;
    this.sql.exec("DELETE FROM tombstones WHERE expires_at < ?", now);
    this.tombstones = this.sql.exec<{ n: number }>("SELECT COUNT(*) AS n FROM tombstones").one().n;
  }

  /** Writes what a commit changed, except repeats, which the caller journals. */
  write(changes: Changes, commit: number): void {
    for (const incident of changes.incidents) changes.counted.delete(incident);
    for (const alert of changes.alerts) changes.repeats.delete(alert);
    for (const { seq } of changes.superseded.alerts)
      this.sql.exec("UPDATE alerts SET current = 0 WHERE seq = ?", seq);
    for (const { seq } of changes.superseded.incidents) {
      this.sql.exec("UPDATE incidents SET current = 0 WHERE seq = ?", seq);
    }
    for (const alert of changes.alerts) this.writeAlert(alert, commit);
    for (const incident of changes.counted.keys()) incident.version += 1;
    for (const incident of changes.incidents) {
      incident.version += 1;
      this.writeIncident(incident, commit);
    }
    for (const row of changes.timeline) this.writeTimeline(row);
    for (const asset of changes.assets) this.writeAsset(asset);
    for (const alert of changes.alerts) this.activity.note(alert);
    for (const alert of changes.repeats.keys()) {
      this.aheadAlerts.add(alert);
      this.activity.note(alert);
    }
    for (const incident of changes.counted.keys()) this.aheadIncidents.add(incident);
  }

  /** The row alone; the book is the caller's. */
  writeAsset(asset: AssetRecord): void {
    this.sql.exec(
      "INSERT INTO assets VALUES (?1, ?2) ON CONFLICT DO UPDATE SET data = ?2",
      asset.id,
      JSON.stringify(asset),
    );
  }

  /** Deletes the row, and keeps its number from ever being given again. */
  deleteAsset(id: number): void {
    this.sql.exec("DELETE FROM assets WHERE id = ?", id);
    this.sql.exec(
      "INSERT INTO meta VALUES ('next_asset', ?1) ON CONFLICT DO UPDATE SET value = ?1",
      String(this.assets.nextId),
    );
  }

  private writeAlert(alert: AlertState, commit: number): void {
    alert.commit = commit;
    this.aheadAlerts.delete(alert);
    this.sql.exec(
      `INSERT INTO alerts (seq, key, current, incident, status, severity, tool, received_at, data, held, family)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
       ON CONFLICT(seq) DO UPDATE SET
         current = ?3, incident = ?4, status = ?5, severity = ?6, data = ?9, held = ?10`,
      alert.seq,
      alert.key,
      alert.current ? 1 : 0,
      alert.incident,
      alert.status,
      alert.severity,
      alert.tool,
      alert.received_at,
      JSON.stringify(alert),
      alert.held?.[0] ?? null,
      alert.family ?? null,
    );
  }

  private writeIncident(incident: IncidentState, commit: number): void {
    incident.commit = commit;
    this.aheadIncidents.delete(incident);
    this.sql.exec(
      `INSERT INTO incidents VALUES (?1, ?2, ?3, ?4) ON CONFLICT(seq) DO UPDATE SET current = ?3, data = ?4`,
      incident.seq,
      incident.agg_key,
      incident.current ? 1 : 0,
      JSON.stringify(incident),
    );
  }

  private writeTimeline(row: TimelineRow): void {
    this.sql.exec("INSERT INTO timeline VALUES (?, ?, ?)", row.incident, row.seq, JSON.stringify(row));
  }

  timeline(incident: number): TimelineRow[] {
    return this.sql
      .exec<AlertRow>("SELECT data FROM timeline WHERE incident = ? ORDER BY seq DESC LIMIT 1000", incident)
      .toArray()
      .map((row) => JSON.parse(row.data) as TimelineRow);
  }

  /** Takes closed alerts out of table and memory; call inside a transaction, after a checkpoint. */
  dropAlerts(seqs: number[]): void {
    this.keepSeqFloor();
    this.sql.exec("DELETE FROM alerts WHERE seq IN (SELECT value FROM json_each(?))", JSON.stringify(seqs));
    for (const seq of seqs) {
      const alert = this.alerts.get(seq);
      this.alerts.delete(seq);
      if (alert && this.alertKeys.get(alert.key) === alert) this.alertKeys.delete(alert.key);
    }
    this.forgetActivity();
  }

  /** Likewise incidents, with their timelines. */
  dropIncidents(seqs: number[]): void {
    this.keepSeqFloor();
    for (const seq of seqs) {
      this.sql.exec("DELETE FROM timeline WHERE incident = ?", seq);
      this.sql.exec("DELETE FROM incidents WHERE seq = ?", seq);
      const incident = this.incidents.get(seq);
      this.incidents.delete(seq);
      if (incident && this.incidentKeys.get(incident.agg_key) === incident)
        this.incidentKeys.delete(incident.agg_key);
    }
    this.forgetActivity();
  }

  /** The first entries of a timeline that is to go. */
  dropTimeline(incident: number, max: number): void {
    this.sql.exec(
      "DELETE FROM timeline WHERE incident = ?1 AND seq IN (SELECT seq FROM timeline WHERE incident = ?1 LIMIT ?2)",
      incident,
      max,
    );
  }

  /** Brings the rows up to the cache; call inside a transaction. */
  checkpoint(commit: number): void {
    for (const alert of [...this.aheadAlerts]) this.writeAlert(alert, commit);
    for (const incident of [...this.aheadIncidents]) this.writeIncident(incident, commit);
    this.trim();
  }

  /** Everything is clean after a checkpoint, so the oldest entries may go. */
  private trim(): void {
    for (const [seq, alert] of this.alerts) {
      if (this.alerts.size <= ALERTS_CACHED) break;
      this.alerts.delete(seq);
      if (this.alertKeys.get(alert.key) === alert) this.alertKeys.delete(alert.key);
    }
    for (const [seq, incident] of this.incidents) {
      if (this.incidents.size <= INCIDENTS_CACHED) break;
      this.incidents.delete(seq);
      if (this.incidentKeys.get(incident.agg_key) === incident) this.incidentKeys.delete(incident.agg_key);
    }
  }
}
