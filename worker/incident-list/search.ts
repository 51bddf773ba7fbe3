import { matchExpression } from "../projection/search-text.ts";
import { ALL_RANKS, type IncidentFilter, type ListedIncident } from "./filter.ts";
import { placeSql } from "./order.ts";

/** Whom an incident is assigned to that is assigned to nobody. */
export const NOBODY = "nobody";

const bare = (id: string) => id.slice(id.indexOf("_") + 1);

/** One page of what matches, found first and sorted then: its cost grows with the number of matches. */
export async function searchPage(db: D1Database, filter: IncidentFilter): Promise<ListedIncident[]> {
  const { k, t } = placeSql(filter.sort, filter.asof);
  const scopes = (filter.company_ids ?? [filter.msp_id]).map(bare);
  const match = filter.q === null ? null : matchExpression(scopes, filter.q);
  // Typed, but nothing in it can be searched for: "--" finds nothing rather than everything.
  if (filter.q !== null && match === null) return [];
  const source =
    match === null
      ? "FROM incidents i WHERE i.msp_id = ?1"
      : "FROM incidents_fts f CROSS JOIN incidents i ON i.seq = f.rowid WHERE incidents_fts MATCH ?10 AND i.msp_id = ?1";
  const bound: (string | number | null)[] = [
    filter.msp_id,
    filter.company_ids ? JSON.stringify(filter.company_ids) : null,
    JSON.stringify(filter.statuses),
    JSON.stringify(filter.severity_ranks.length > 0 ? filter.severity_ranks : ALL_RANKS),
    filter.from ?? 0,
    filter.to ?? Number.MAX_SAFE_INTEGER,
    filter.after?.k ?? null,
    filter.after?.t ?? null,
    filter.after?.seq ?? null,
    match ?? "",
    filter.limit,
    filter.assigned_to ?? null,
    filter.escalated === undefined ? null : Number(filter.escalated),
  ];
  const { results } = await db
    .prepare(
      `WITH found AS (
         SELECT i.seq AS seq, ${k} AS k, ${t} AS t ${source}
         AND (?2 IS NULL OR i.company_id IN (SELECT value FROM json_each(?2)))
         AND i.status IN (SELECT value FROM json_each(?3))
         AND i.severity_rank IN (SELECT value FROM json_each(?4))
         AND i.created_at BETWEEN ?5 AND ?6
         AND (?12 IS NULL OR coalesce(i.data ->> '$.assigned_to.id', '${NOBODY}') = ?12)
         AND (?13 IS NULL OR i.data ->> '$.escalated' = ?13)
         AND (?7 IS NULL OR (${k}, ${t}, i.seq) < (?7, ?8, ?9)) AND ?10 IS NOT NULL
         ORDER BY 2 DESC, 3 DESC, 1 DESC LIMIT ?11)
       SELECT f.k, f.t, f.seq, i.priority_base, i.data FROM found f JOIN incidents i ON i.seq = f.seq
       ORDER BY f.k DESC, f.t DESC, f.seq DESC`,
    )
    .bind(...bound)
    .all<ListedIncident>();
  return results;
}
