import { parseMemberId } from "../../core/ids.ts";
import { severityRank } from "../../core/severity.ts";
import type { ProjectedIncident, ProjectionBatch } from "../../durable-objects/rpc.ts";
import { searchText } from "./search-text.ts";

/** A bound text may have 2 MB; an object and its projection leave room for multi-byte letters. */
const MAX_STATEMENT_CHARS = 600_000;

const UPSERT = `INSERT INTO incidents (id, msp_id, company_id, version, status, severity_rank, priority_base,
  created_at, updated_at, acknowledged_at, resolved_at, self_healed, search_text, data)
SELECT value ->> '$[0]', ?2, ?3, value ->> '$[1]', value ->> '$[2]', value ->> '$[3]', value ->> '$[4]',
  value ->> '$[5]', value ->> '$[6]', value ->> '$[7]', value ->> '$[8]', value ->> '$[9]', value ->> '$[10]',
  value ->> '$[11]'
FROM json_each(?1) WHERE true
ON CONFLICT (id) DO UPDATE SET version = excluded.version, acknowledged_at = excluded.acknowledged_at,
  resolved_at = excluded.resolved_at, self_healed = excluded.self_healed, search_text = excluded.search_text,
  data = excluded.data
WHERE excluded.version > incidents.version
  AND excluded.msp_id = incidents.msp_id AND excluded.company_id = incidents.company_id`;

const RANK = "severity_rank = j.value ->> '$[3]', priority_base = j.value ->> '$[4]',";
const RANK_DIFFERS = `(incidents.severity_rank <> j.value ->> '$[3]' OR incidents.priority_base <> j.value ->> '$[4]')`;
const TIME = "updated_at = j.value ->> '$[6]',";
const TIME_DIFFERS = "incidents.updated_at <> j.value ->> '$[6]'";
const STATUS = "status = j.value ->> '$[2]',";
const STATUS_DIFFERS = "incidents.status <> j.value ->> '$[2]'";

/** Rows of which those columns have changed, written whole. Plus: look up by id alone. */
const move = (columns: string, differ: string) => `UPDATE incidents SET ${columns}
  version = j.value ->> '$[1]', acknowledged_at = j.value ->> '$[7]', resolved_at = j.value ->> '$[8]',
  self_healed = j.value ->> '$[9]', search_text = j.value ->> '$[10]', data = j.value ->> '$[11]'
FROM json_each(?1) j WHERE incidents.id = j.value ->> '$[0]' AND incidents.version < j.value ->> '$[1]'
  AND +incidents.msp_id = ?2 AND +incidents.company_id = ?3 AND (${differ})`;

// SQLite rewrites every index that holds an assigned column, whatever its value. So each row is written once, by
// the first of these that fits it: those after find it up to date. What has but counted reaches the last, which
// touches no index.
const WRITE = [
  move(STATUS + RANK + TIME, `${STATUS_DIFFERS} OR (${RANK_DIFFERS} AND ${TIME_DIFFERS})`),
  move(RANK, RANK_DIFFERS),
  move(TIME, TIME_DIFFERS),
  UPSERT,
];

const COUNT = `INSERT INTO counters (company_id, hour, severity, tool, msp_id, alerts)
SELECT ?3, value ->> '$[0]', value ->> '$[1]', value ->> '$[2]', ?2, value ->> '$[3]' FROM json_each(?1) WHERE true
ON CONFLICT (company_id, hour, severity, tool) DO UPDATE SET alerts = excluded.alerts
WHERE excluded.alerts > counters.alerts AND excluded.msp_id = counters.msp_id`;

const DUE = `UPDATE companies SET next_due_at = ?1 WHERE id = ?2 AND msp_id = ?3 AND next_due_at IS NOT ?1`;

const ms = (iso: string | null) => (iso === null ? null : Date.parse(iso));

function incidentRow({ incident, priority_base }: ProjectedIncident): string {
  return JSON.stringify([
    incident.id,
    incident.version,
    incident.status,
    severityRank(incident.severity),
    priority_base,
    ms(incident.created_at),
    ms(incident.updated_at),
    ms(incident.acknowledged_at),
    ms(incident.resolved_at),
    incident.self_healed ? 1 : 0,
    searchText(incident),
    JSON.stringify(incident),
  ]);
}

/** JSON arrays of at most so many characters each; one statement takes one. */
function chunks(rows: string[]): string[] {
  const all: string[] = [];
  let open: string[] = [];
  let size = 0;
  for (const row of rows) {
    if (size > 0 && size + row.length > MAX_STATEMENT_CHARS) {
      all.push(`[${open.join(",")}]`);
      open = [];
      size = 0;
    }
    open.push(row);
    size += row.length + 1;
  }
  if (open.length > 0) all.push(`[${open.join(",")}]`);
  return all;
}

/**
 * Writes what a company's object hands over, all or nothing; again or late is harmless, for the higher
 * version stays and counters are totals. Throws when the database is away, or on a foreign incident.
 */
export async function projectBatch(db: D1Database, batch: ProjectionBatch): Promise<void> {
  const { msp_id, company_id, incidents, counters, next_due_at } = batch;
  const foreign = incidents.find(({ incident }) => parseMemberId(incident.id)?.companyId !== company_id);
  if (foreign) throw new Error(`incident ${foreign.incident.id} is not of company ${company_id}`);
  // Of two versions of one incident in a batch only the newest is worth a row.
  const newest = new Map<string, ProjectedIncident>();
  for (const projected of incidents) {
    const known = newest.get(projected.incident.id);
    if (!known || known.incident.version < projected.incident.version)
      newest.set(projected.incident.id, projected);
  }
  const statements: D1PreparedStatement[] = [];
  for (const json of chunks([...newest.values()].map(incidentRow)))
    for (const sql of WRITE) statements.push(db.prepare(sql).bind(json, msp_id, company_id));
  if (counters.length > 0) {
    const rows = counters.map(({ hour, severity, tool, alerts }) => [hour, severity, tool, alerts]);
    statements.push(db.prepare(COUNT).bind(JSON.stringify(rows), msp_id, company_id));
  }
  if (next_due_at !== undefined) statements.push(db.prepare(DUE).bind(next_due_at, company_id, msp_id));
  if (statements.length > 0) await db.batch(statements);
}
