import type { AssetRecord } from "../core/asset.ts";
import type { AlertState, IncidentState, TimelineRow } from "../core/engine/state.ts";

/** One row whose state is JSON in `data`. */
export interface DataRow extends Record<string, SqlStorageValue> {
  data: string;
}

export function writeAlert(sql: SqlStorage, alert: AlertState): void {
  sql.exec(
    `INSERT INTO alerts (seq, key, incident, status, severity, tool, received_at, data, held, family)
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
     ON CONFLICT(seq) DO UPDATE SET incident = ?3, status = ?4, severity = ?5, data = ?8, held = ?9`,
    alert.seq,
    alert.key,
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
    "INSERT INTO incidents VALUES (?1, ?2, ?3) ON CONFLICT(seq) DO UPDATE SET data = ?3",
    incident.seq,
    incident.agg_key,
    JSON.stringify(incident),
  );
}

/** From now on that is the newest of its key; the row of the one before is left as it is. */
export function writeNewest(
  sql: SqlStorage,
  table: "alert_keys" | "incident_keys",
  key: string,
  seq: number,
): void {
  sql.exec(`INSERT INTO ${table} VALUES (?1, ?2) ON CONFLICT(key) DO UPDATE SET seq = ?2`, key, seq);
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
