import type { IncidentFilter, ListedIncident } from "./filter.ts";
import { type Bound, boundAfter, EVERYTHING, type Group, lower, placeSql } from "./order.ts";

// A page costs its own rows plus a few per group, however long the list is: groups lie ordered in an
// index, and the recursion below merges them, taking each time the best of all groups' next rows.

async function rankGroups(db: D1Database, filter: IncidentFilter): Promise<Group[]> {
  const column = filter.company_ids ? "company_id" : "msp_id";
  const lots = (filter.company_ids ?? [filter.msp_id]).flatMap((scope) =>
    filter.statuses.flatMap((status) => filter.severity_ranks.map((rank) => [scope, status, rank])),
  );
  // Steps from one base to the next above it: a seek each, where DISTINCT would read every row.
  const nextBase = (scope: string, status: string, rank: string, above: string) =>
    `(SELECT x.priority_base FROM incidents x WHERE x.${column} = ${scope} AND x.status = ${status}
      AND x.severity_rank = ${rank} AND x.priority_base > ${above} ORDER BY x.priority_base LIMIT 1)`;
  const { results } = await db
    .prepare(
      `WITH RECURSIVE lot (scope, status, severity_rank) AS MATERIALIZED
         (SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(?1)),
       g (scope, status, severity_rank, priority_base) AS (
         SELECT scope, status, severity_rank, ${nextBase("lot.scope", "lot.status", "lot.severity_rank", "-1e9")} FROM lot
         UNION ALL
         SELECT scope, status, severity_rank, ${nextBase("g.scope", "g.status", "g.severity_rank", "g.priority_base")}
         FROM g WHERE priority_base IS NOT NULL)
       SELECT * FROM g WHERE priority_base IS NOT NULL`,
    )
    .bind(JSON.stringify(lots))
    .all<Group>();
  return results;
}

async function updatedGroups(db: D1Database, filter: IncidentFilter): Promise<Group[]> {
  let companies = filter.company_ids;
  if (!companies) {
    const { results } = await db
      .prepare("SELECT id FROM companies WHERE msp_id = ?1")
      .bind(filter.msp_id)
      .all<{ id: string }>();
    companies = results.map((row) => row.id);
  }
  return companies.flatMap((scope) =>
    filter.statuses.map((status) => ({ scope, status, severity_rank: 0, priority_base: 0 })),
  );
}

/** Where to start in each group that still has rows to give. */
function starts(groups: Group[], filter: IncidentFilter): (string | number)[][] {
  const upTo: Bound = filter.to === null ? EVERYTHING : [filter.to + 1, 0];
  const all: (string | number)[][] = [];
  for (const group of groups) {
    const bound = filter.after ? boundAfter(filter.sort, group, filter.after, filter.asof) : EVERYTHING;
    if (!bound) continue;
    const { scope, status, severity_rank, priority_base } = group;
    all.push([scope, status, severity_rank, priority_base, ...lower(bound, upTo)]);
  }
  return all;
}

/** The next row of a group below (t, seq), as a scalar subquery. */
function nextRow(filter: IncidentFilter, group: (name: string) => string): string {
  const byUpdate = filter.sort === "updated";
  const scope = byUpdate || filter.company_ids ? "company_id" : "msp_id";
  const time = byUpdate ? "updated_at" : "created_at";
  const rank = byUpdate
    ? ""
    : `AND x.severity_rank = ${group("severity_rank")} AND x.priority_base = ${group("priority_base")}`;
  const rows = `SELECT x.seq FROM incidents x WHERE x.${scope} = ${group("scope")}
    AND x.status = ${group("status")} ${rank} AND x.${time} >= ?2`;
  // Two seeks: as one comparison of pairs, rows that share a time would be read over and over.
  return `coalesce(
    (${rows} AND x.${time} = ${group("t")} AND x.seq < ${group("seq")} ORDER BY x.seq DESC LIMIT 1),
    (${rows} AND x.${time} < ${group("t")} ORDER BY x.${time} DESC, x.seq DESC LIMIT 1))`;
}

const FIELDS = ["scope", "status", "severity_rank", "priority_base", "t", "seq"];

/** One page in index order. Takes every filter but `q`, and by update neither severity nor time. */
export async function walkPage(db: D1Database, filter: IncidentFilter): Promise<ListedIncident[]> {
  const groups = filter.sort === "updated" ? await updatedGroups(db, filter) : await rankGroups(db, filter);
  const from = starts(groups, filter);
  if (from.length === 0) return [];
  const { k, t } = placeSql(filter.sort, filter.asof);
  const first = (name: string) => `(j.value ->> ${FIELDS.indexOf(name)})`;
  const { results } = await db
    .prepare(
      `WITH RECURSIVE walk (scope, status, severity_rank, priority_base, t, seq, k) AS (
         SELECT ${FIELDS.slice(0, 4).map(first).join(", ")}, ${t}, i.seq, ${k}
         FROM json_each(?1) j JOIN incidents i ON i.seq = ${nextRow(filter, first)}
         UNION ALL
         SELECT w.scope, w.status, w.severity_rank, w.priority_base, ${t}, i.seq, ${k}
         FROM walk w JOIN incidents i ON i.seq = ${nextRow(filter, (name) => `w.${name}`)}
         ORDER BY 7 DESC, 5 DESC, 6 DESC LIMIT ?3)
       SELECT w.k, w.t, w.seq, i.priority_base, i.data FROM walk w CROSS JOIN incidents i ON i.seq = w.seq
       WHERE i.msp_id = ?4 ORDER BY w.k DESC, w.t DESC, w.seq DESC`,
    )
    .bind(JSON.stringify(from), filter.from ?? 0, filter.limit, filter.msp_id)
    .all<ListedIncident>();
  return results;
}
