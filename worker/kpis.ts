import type { Kpis } from "../core/company.ts";
import type { Env } from "./env.ts";

const HOUR_MS = 3_600_000;
const CRITICAL_RANK = 4;
const HIGH_PRIORITY_BASE = 60;
/** Percent of noise taken away from which it is called so. */
const EXCELLENT = 40;
const GOOD = 20;

export interface KpiScope {
  msp_id: string;
  /** null: every company of the MSP. */
  company_ids: string[] | null;
}

const round2 = (n: number) => Math.round(n * 100) / 100;
const iso = (ms: number) => new Date(ms).toISOString();

/** How much fewer incidents than alerts there were; null where there were no alerts. */
export function noiseReduction(
  alerts: number,
  incidents: number,
): Pick<Kpis, "noise_reduction" | "noise_band"> {
  if (alerts === 0) return { noise_reduction: null, noise_band: null };
  const percent = round2(Math.max(0, (1 - incidents / alerts) * 100));
  return {
    noise_reduction: percent,
    noise_band: percent >= EXCELLENT ? "excellent" : percent >= GOOD ? "good" : "low",
  };
}

interface Row {
  a: number | null;
  b: number | null;
  c: number | null;
}

function hours(from: number, to: number, alerts: Row[], incidents: Row[]): Kpis["by_hour"] {
  const count = (rows: Row[]) => new Map(rows.map((row) => [row.a, row.b ?? 0]));
  const [byAlert, byIncident] = [count(alerts), count(incidents)];
  const all: Kpis["by_hour"] = [];
  for (let hour = Math.floor(from / HOUR_MS) * HOUR_MS; hour <= to; hour += HOUR_MS)
    all.push({ hour: iso(hour), alerts: byAlert.get(hour) ?? 0, incidents: byIncident.get(hour) ?? 0 });
  return all;
}

/**
 * Figures of [from, to], epoch ms, in whole hours for alerts; what is open is as of now. Incidents that became
 * part of others are none of their own.
 */
export async function readKpis(env: Env, scope: KpiScope, from: number, to: number): Promise<Kpis> {
  const companies = scope.company_ids === null ? null : JSON.stringify(scope.company_ids);
  const among = "company_id IN (SELECT value FROM json_each(?2))";
  const mine = `msp_id = ?1 ${companies === null ? "" : `AND ${among}`}`;
  const byRank = companies === null ? "incidents_msp_rank" : "incidents_company_rank";
  const since = Math.floor(from / HOUR_MS) * HOUR_MS;
  const ask = (sql: string, ...more: number[]) => env.DB.prepare(sql).bind(scope.msp_id, companies, ...more);
  const created = `FROM incidents INDEXED BY incidents_msp_created WHERE ${mine} AND created_at BETWEEN ?3 AND ?4
    AND (resolved_at IS NULL OR data ->> '$.merged_into' IS NULL)`;
  const answers = await env.DB.batch<Row>([
    ask(
      `SELECT count(*) AS a, sum(severity_rank = ?3) AS b, sum(priority_base >= ?4) AS c
       FROM incidents INDEXED BY ${byRank} WHERE ${mine} AND status IN ('new', 'acknowledged', 'in_progress')`,
      CRITICAL_RANK,
      HIGH_PRIORITY_BASE,
    ),
    ask(
      `SELECT hour AS a, sum(alerts) AS b, NULL AS c FROM counters
       WHERE company_id IN (SELECT id FROM companies WHERE msp_id = ?1) AND ${mine}
       AND hour BETWEEN ?3 AND ?4 GROUP BY hour`,
      since,
      to,
    ),
    ask(
      `SELECT created_at / ${HOUR_MS} * ${HOUR_MS} AS a, count(*) AS b, NULL AS c ${created} GROUP BY 1`,
      from,
      to,
    ),
    ask(
      `SELECT avg(acknowledged_at - created_at) AS a, avg(resolved_at - created_at) AS b,
       100.0 * sum(resolved_at IS NOT NULL AND self_healed) / nullif(count(resolved_at), 0) AS c ${created}`,
      from,
      to,
    ),
  ]);
  const [open, alertHours, incidentHours, times] = answers.map((answer) => answer.results);
  const sum = (rows: Row[] | undefined) => (rows ?? []).reduce((total, row) => total + (row.b ?? 0), 0);
  const alerts = sum(alertHours);
  const incidents = sum(incidentHours);
  const seconds = (ms: number | null | undefined) => (ms == null ? null : round2(ms / 1000));
  const healed = times?.[0]?.c ?? null;
  return {
    from: iso(from),
    to: iso(to),
    critical_alerts: open?.[0]?.b ?? 0,
    high_priority: open?.[0]?.c ?? 0,
    active_incidents: open?.[0]?.a ?? 0,
    alerts,
    incidents,
    ...noiseReduction(alerts, incidents),
    mtta_seconds: seconds(times?.[0]?.a),
    mttr_seconds: seconds(times?.[0]?.b),
    self_healed: healed === null ? null : round2(healed),
    by_hour: hours(from, to, alertHours ?? [], incidentHours ?? []),
  };
}
