import type { AssetRecord } from "../core/asset.ts";
import { AssetBook } from "../core/asset-book.ts";
import { HeldBook } from "../core/engine/held-book.ts";
import { HARD_AGE_MS } from "../core/engine/limits.ts";
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
import { clock } from "./clock.ts";
import { readMeta, writeMeta } from "./meta.ts";
import { Seqs } from "./seqs.ts";
import { StateCache } from "./state-cache.ts";
import {
  type DataRow,
  dropTimeline,
  incidentsSince,
  readTimeline,
  unlistedFiring,
  writeAlert,
  writeAsset,
  writeIncident,
  writeNewest,
  writeTimeline,
} from "./state-rows.ts";
import { Tombstones } from "./tombstones.ts";

/** Clean entries kept in memory; the rest is one indexed look-up away. */
const ALERTS_CACHED = 10_000;
const INCIDENTS_CACHED = 2_000;

/**
 * The engine's state over the object's SQLite, with a cache in front. Only `write` and `checkpoint`
 * change rows; between them the cache may be ahead of the rows by repeats that the journal holds.
 */
export class SqlStore implements EngineStore {
  private alerts = new StateCache<AlertState>((alert) => alert.key, ALERTS_CACHED);
  private incidents = new StateCache<IncidentState>((incident) => incident.agg_key, INCIDENTS_CACHED);
  private seqs: Seqs;
  private tombstones: Tombstones;
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
    this.seqs = new Seqs(sql);
    this.tombstones = new Tombstones(sql);
    this.reset();
  }

  /** Forgets all memory and reads anew: after a failed transaction, rows alone are the truth. */
  reset(): void {
    this.alerts.clear();
    this.incidents.clear();
    this.aheadAlerts.clear();
    this.aheadIncidents.clear();
    this.seqs.load();
    this.tombstones.load();
    const assets = this.sql.exec<DataRow>("SELECT data FROM assets ORDER BY id").toArray();
    this.assets = new AssetBook(
      assets.map((row) => JSON.parse(row.data) as AssetRecord),
      Number(readMeta(this.sql, "next_asset") ?? 1),
    );
    this.openByAsset = null;
    this.held = new HeldBook((seq) => this.alert(seq));
    for (const row of this.sql.exec<{ seq: number; held: string }>(
      "SELECT seq, held FROM alerts WHERE held IS NOT NULL",
    ))
      this.held.note(row.seq, row.held);
    this.forgetActivity();
  }

  /** What is known of the assets' alerts is read anew when next asked for: alerts were deleted. */
  forgetActivity(): void {
    this.activity = new AssetActivity(this.sql);
  }

  /** Reads on in the assets' alerts for one turn; true once all is known. */
  readActivity(): boolean {
    return this.activity.read(this.seqs.alert, this.aheadAlerts);
  }

  nextAlertSeq(): number {
    this.seqs.alert += 1;
    return this.seqs.alert;
  }

  nextIncidentSeq(): number {
    this.seqs.incident += 1;
    return this.seqs.incident;
  }

  alertByKey(key: string): AlertState | undefined {
    const hit = this.alerts.newest(key);
    if (hit) return hit;
    const row = this.sql.exec<{ seq: number }>("SELECT seq FROM alert_keys WHERE key = ?", key).toArray()[0];
    const alert = row && this.alert(row.seq);
    return alert && this.alerts.keepNewest(alert);
  }

  alert(seq: number): AlertState | undefined {
    const hit = this.alerts.get(seq);
    if (hit) return hit;
    const row = this.sql.exec<DataRow>("SELECT data FROM alerts WHERE seq = ?", seq).toArray()[0];
    return row && this.alerts.keep(JSON.parse(row.data) as AlertState);
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

  /**
   * Open incidents by asset, of those that are young enough to matter to a new alert. Made when first asked for;
   * from then on whoever adds an alert notes it there.
   */
  openIndex(): OpenIndex {
    if (!this.openByAsset) {
      this.openByAsset = new OpenIndex((seq) => this.incident(seq));
      for (const { seq, status, assets } of incidentsSince(this.sql, clock.now() - HARD_AGE_MS)) {
        if (status !== "resolved") for (const [key] of assets) this.openByAsset.note(key, seq);
      }
    }
    return this.openByAsset;
  }

  unlistedFiring(incident: IncidentState, max: number): number[] {
    return unlistedFiring(this.sql, incident, max);
  }

  /** Alerts of a list of seqs, in its order; those in the cache as they are now. */
  alertsOf(seqs: number[]): AlertState[] {
    const missing = seqs.filter((seq) => !this.alerts.get(seq));
    const rows =
      missing.length === 0
        ? []
        : this.sql
            .exec<DataRow>(
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
    const row = this.sql.exec<DataRow>("SELECT data FROM incidents WHERE seq = ?", seq).toArray()[0];
    return row && this.incidents.keep(JSON.parse(row.data) as IncidentState);
  }

  incidentByKey(aggKey: string): IncidentState | undefined {
    const hit = this.incidents.newest(aggKey);
    if (hit) return hit;
    const row = this.sql
      .exec<{ seq: number }>("SELECT seq FROM incident_keys WHERE key = ?", aggKey)
      .toArray()[0];
    const incident = row && this.incident(row.seq);
    return incident && this.incidents.keepNewest(incident);
  }

  addAlert(alert: AlertState): void {
    this.alerts.keepNewest(alert);
  }

  /** One that is known already, whether or not it is the newest of its key. */
  keepAlert(alert: AlertState): void {
    this.alerts.keep(alert);
  }

  addIncident(incident: IncidentState): void {
    this.incidents.keepNewest(incident);
  }

  tombstone(key: string): Tombstone | undefined {
    return this.tombstones.get(key);
  }

  addTombstone(tombstone: Tombstone): void {
    this.tombstones.add(tombstone);
  }

  dropTombstone(key: string): void {
    this.tombstones.drop(key);
  }

  get hasTombstones(): boolean {
    return this.tombstones.any;
  }

  dropExpiredTombstones(now: number): void {
    this.tombstones.dropExpired(now);
  }

  /** Writes what a commit changed, except repeats, which the caller journals. */
  write(changes: Changes, commit: number): void {
    for (const incident of changes.incidents) changes.counted.delete(incident);
    for (const alert of changes.alerts) changes.repeats.delete(alert);
    for (const alert of changes.alerts) this.writeAlert(alert, commit);
    for (const incident of changes.counted.keys()) incident.version += 1;
    for (const incident of changes.incidents) {
      incident.version += 1;
      this.writeIncident(incident, commit);
    }
    for (const row of changes.timeline) writeTimeline(this.sql, row);
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
    writeAsset(this.sql, asset);
  }

  /** Deletes the row, and keeps its number from ever being given again. */
  deleteAsset(id: number): void {
    this.sql.exec("DELETE FROM assets WHERE id = ?", id);
    writeMeta(this.sql, "next_asset", String(this.assets.nextId));
  }

  private writeAlert(alert: AlertState, commit: number): void {
    if (alert.commit === 0) writeNewest(this.sql, "alert_keys", alert.key, alert.seq);
    alert.commit = commit;
    this.aheadAlerts.delete(alert);
    writeAlert(this.sql, alert);
  }

  private writeIncident(incident: IncidentState, commit: number): void {
    if (incident.commit === 0) writeNewest(this.sql, "incident_keys", incident.agg_key, incident.seq);
    incident.commit = commit;
    this.aheadIncidents.delete(incident);
    writeIncident(this.sql, incident);
  }

  timeline(incident: number): TimelineRow[] {
    return readTimeline(this.sql, incident);
  }

  /** Takes closed alerts out of table and memory; call inside a transaction, after a checkpoint. */
  dropAlerts(seqs: number[]): void {
    this.seqs.keepFloor();
    const list = JSON.stringify(seqs);
    const these = "seq IN (SELECT value FROM json_each(?1))";
    this.sql.exec(
      `DELETE FROM alert_keys WHERE key IN (SELECT key FROM alerts WHERE ${these}) AND ${these}`,
      list,
    );
    this.sql.exec(`DELETE FROM alerts WHERE ${these}`, list);
    for (const seq of seqs) this.alerts.drop(seq);
    this.forgetActivity();
  }

  /** Likewise incidents, with their timelines. */
  dropIncidents(seqs: number[]): void {
    this.seqs.keepFloor();
    for (const seq of seqs) {
      this.sql.exec("DELETE FROM timeline WHERE incident = ?", seq);
      this.sql.exec(
        "DELETE FROM incident_keys WHERE seq = ?1 AND key = (SELECT agg_key FROM incidents WHERE seq = ?1)",
        seq,
      );
      this.sql.exec("DELETE FROM incidents WHERE seq = ?", seq);
      this.incidents.drop(seq);
    }
    this.forgetActivity();
  }

  dropTimeline(incident: number, max: number): void {
    dropTimeline(this.sql, incident, max);
  }

  /** Brings the rows up to the cache; call inside a transaction. */
  checkpoint(commit: number): void {
    for (const alert of [...this.aheadAlerts]) this.writeAlert(alert, commit);
    for (const incident of [...this.aheadIncidents]) this.writeIncident(incident, commit);
    // Everything is clean now, so the oldest may go.
    this.alerts.trim();
    this.incidents.trim();
  }
}
