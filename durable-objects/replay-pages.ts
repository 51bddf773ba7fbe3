import { HARD_AGE_MS } from "../core/engine/limits.ts";
import type { IncidentState, TimelineRow } from "../core/engine/state.ts";
import type { StoredPolicy } from "../core/replay/policy.ts";
import type { CompanyCore } from "./company-core.ts";
import type { ReplayBasis, ReplayIncident, ReplayPage } from "./replay-rpc.ts";

/** An object that is read is an object that does not ingest: a page is some 10 ms. */
const ROWS_MAX = 1000;
const CHARS_MAX = 2 * 1024 * 1024;

type Row = { seq: number; data: string };

/** The first seq at or after `time`: seqs rise with the clock, so halving finds it. */
function firstSince(
  sql: SqlStorage,
  table: "alerts" | "incidents",
  time: number,
  when = table === "alerts" ? "received_at" : "data ->> 'created_at'",
): number {
  let low = 1;
  let high = (sql.exec<{ n: number | null }>(`SELECT max(seq) AS n FROM ${table}`).one().n ?? 0) + 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const [row] = sql
      .exec<{ at: number }>(`SELECT ${when} AS at FROM ${table} WHERE seq >= ? ORDER BY seq LIMIT 1`, middle)
      .toArray();
    if (row === undefined || row.at >= time) high = middle;
    else low = middle + 1;
  }
  return low;
}

export function replayBasis(core: CompanyCore, from: number, to: number): ReplayBasis {
  core.checkpoint();
  const first_alert = firstSince(core.sql, "alerts", from);
  const { n } = core.sql
    .exec<{ n: number }>(
      "SELECT count(*) AS n FROM alerts WHERE seq >= ? AND seq < ?",
      first_alert,
      firstSince(core.sql, "alerts", to + 1),
    )
    .one();
  return {
    settings: core.record.correlation,
    assets: JSON.stringify(core.store.assets.all()),
    critical: [...core.critical],
    policy: JSON.stringify(policyOf(core)),
    first_alert,
    alerts: n,
    first_incident: firstSince(core.sql, "incidents", from - HARD_AGE_MS),
  };
}

function policyOf({ policy: { rows } }: CompanyCore): StoredPolicy {
  return {
    rules: rows.all("rule"),
    msp_rules: rows.all("msp_rule"),
    silences: rows.all("silence"),
    windows: rows.all("window"),
    corrections: rows.all("correction"),
  };
}

/** Rows go as the text they are stored as: whoever reads them parses them. */
function page(rows: Iterable<Row>, text: (row: Row) => string): ReplayPage {
  const texts: string[] = [];
  let chars = 0;
  let next: number | null = null;
  for (const row of rows) {
    if (texts.length >= ROWS_MAX || chars >= CHARS_MAX) {
      next = row.seq;
      break;
    }
    const one = text(row);
    texts.push(one);
    chars += one.length;
  }
  return { rows: `[${texts.join(",")}]`, count: texts.length, next };
}

export function replayAlerts(core: CompanyCore, from: number, to: number): ReplayPage {
  const rows = core.sql.exec<Row>(
    "SELECT seq, data FROM alerts WHERE seq >= ? AND received_at <= ? ORDER BY seq LIMIT ?",
    from,
    to,
    ROWS_MAX + 1,
  );
  return page(rows, (row) => row.data);
}

export function replayIncidents(core: CompanyCore, from: number): ReplayPage {
  const rows = core.sql
    .exec<Row>("SELECT seq, data FROM incidents WHERE seq >= ? ORDER BY seq LIMIT ?", from, ROWS_MAX + 1)
    .toArray();
  return page(rows, (row) => JSON.stringify(incidentOf(core, JSON.parse(row.data) as IncidentState)));
}

function incidentOf(core: CompanyCore, incident: IncidentState): ReplayIncident {
  const { seq, title, severity, created_at } = incident;
  const touched = incident.resolved_by !== null || incident.reopen_count > 0;
  return { seq, title, severity, created_at, acts: touched ? actsOf(core.store.timeline(seq)) : [] };
}

function actsOf(timeline: TimelineRow[]): ReplayIncident["acts"] {
  return timeline.flatMap(({ kind, at, actor }): ReplayIncident["acts"] => {
    if (actor.type !== "user") return [];
    if (kind === "resolved") return [{ type: "resolve", at }];
    return kind === "reopened" ? [{ type: "reopen", at }] : [];
  });
}
