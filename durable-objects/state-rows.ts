import type { AssetRecord } from "../core/asset.ts";
import type { AlertState, IncidentState, TimelineRow } from "../core/engine/state.ts";

/** One row whose state is JSON in `data`. */
export interface DataRow extends Record<string, SqlStorageValue> {
  data: string;
}

/** Of alerts and incidents: whether it is the last of its key is told by the column alone. */
export interface StateRow extends DataRow {
  current: number;
}

export function stateOf<T extends { current: boolean }>(row: StateRow): T {
  return { ...(JSON.parse(row.data) as T), current: row.current === 1 };
}

// `current` is set by an insert and taken back by the alert or incident that comes after. To assign it again
// would write an entry of its index again, too.

export function writeAlert(sql: SqlStorage, alert: AlertState): void {
  sql.exec(
    `INSERT INTO alerts (seq, key, current, incident, status, severity, tool, received_at, data, held, family)
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
     ON CONFLICT(seq) DO UPDATE SET
       incident = ?4, status = ?5, severity = ?6, data = ?9, held = ?10`,
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

export function writeIncident(sql: SqlStorage, incident: IncidentState): void {
  sql.exec(
    `INSERT INTO incidents VALUES (?1, ?2, ?3, ?4) ON CONFLICT(seq) DO UPDATE SET data = ?4`,
    incident.seq,
    incident.agg_key,
    incident.current ? 1 : 0,
    JSON.stringify(incident),
  );
}

const YOUNG_AT_ONCE = 500;

/** Incidents created since then, newest first: as few rows are read however many there are. @param since epoch ms */
export function* incidentsSince(sql: SqlStorage, since: number): Generator<IncidentState> {
  for (let before = Number.MAX_SAFE_INTEGER; ; ) {
    const rows = sql
      .exec<DataRow>(
        "SELECT data FROM incidents WHERE seq < ? ORDER BY seq DESC LIMIT ?",
        before,
        YOUNG_AT_ONCE,
      )
      .toArray();
    const incidents = rows.map(({ data }) => JSON.parse(data) as IncidentState);
    const young = incidents.filter(({ created_at }) => created_at >= since);
    yield* young;
    // Clocks are set back, so one old row is not the end.
    if (young.length === 0) return;
    before = incidents.at(-1)?.seq ?? 0;
  }
}

export function writeTimeline(sql: SqlStorage, row: TimelineRow): void {
  sql.exec("INSERT INTO timeline VALUES (?, ?, ?)", row.incident, row.seq, JSON.stringify(row));
}

/** The newest entries of an incident, newest first. */
export function readTimeline(sql: SqlStorage, incident: number): TimelineRow[] {
  return sql
    .exec<DataRow>("SELECT data FROM timeline WHERE incident = ? ORDER BY seq DESC LIMIT 1000", incident)
    .toArray()
    .map((row) => JSON.parse(row.data) as TimelineRow);
}

/** The first entries of a timeline that is to go. */
export function dropTimeline(sql: SqlStorage, incident: number, max: number): void {
  sql.exec(
    "DELETE FROM timeline WHERE incident = ?1 AND seq IN (SELECT seq FROM timeline WHERE incident = ?1 LIMIT ?2)",
    incident,
    max,
  );
}

/** Seqs of an incident's firing alerts beyond those it lists, the longest silent first. */
export function unlistedFiring(sql: SqlStorage, incident: IncidentState, max: number): number[] {
  if (incident.distinct <= incident.members.length) return [];
  return sql
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

/** The row alone; the book is the caller's. */
export function writeAsset(sql: SqlStorage, asset: AssetRecord): void {
  sql.exec(
    "INSERT INTO assets VALUES (?1, ?2) ON CONFLICT DO UPDATE SET data = ?2",
    asset.id,
    JSON.stringify(asset),
  );
}
