import type { Company } from "../core/company.ts";
import type { CompanyRow } from "./db/schema.ts";
import type { Env } from "./env.ts";

const DAY_MS = 24 * 3_600_000;
const CRITICAL_RANK = 4;

interface Figures {
  open: number;
  critical: number;
  alerts: number;
}

/** Where a company's tools post to; the key is only ever shown with it at creation. */
export function webhookUrl(origin: string, key?: string): string {
  const url = `${origin}/api/webhooks/alerts`;
  return key ? `${url}?api_key=${key}` : url;
}

async function figures(env: Env, ids: string[], now: number): Promise<Map<string, Figures>> {
  const json = JSON.stringify(ids);
  const [open, alerts] = await env.DB.batch<{ id: string; critical: number; n: number }>([
    env.DB.prepare(
      `SELECT company_id AS id, count(*) AS n, sum(severity_rank = ?2) AS critical
       FROM incidents INDEXED BY incidents_company_rank
       WHERE company_id IN (SELECT value FROM json_each(?1)) AND status IN ('new', 'acknowledged', 'in_progress')
       GROUP BY company_id`,
    ).bind(json, CRITICAL_RANK),
    env.DB.prepare(
      `SELECT company_id AS id, sum(alerts) AS n, 0 AS critical FROM counters
       WHERE company_id IN (SELECT value FROM json_each(?1)) AND hour > ?2 GROUP BY company_id`,
    ).bind(json, now - DAY_MS),
  ]);
  const found = new Map(ids.map((id) => [id, { open: 0, critical: 0, alerts: 0 }]));
  for (const row of open?.results ?? []) {
    const at = found.get(row.id);
    if (at) Object.assign(at, { open: row.n, critical: row.critical });
  }
  for (const row of alerts?.results ?? []) {
    const at = found.get(row.id);
    if (at) at.alerts = row.n;
  }
  return found;
}

/** Rows of one tenant with their figures, as the API answers companies. */
export async function withFigures(
  env: Env,
  rows: CompanyRow[],
  origin: string,
  now: number,
): Promise<Company[]> {
  if (rows.length === 0) return [];
  const found = await figures(
    env,
    rows.map((row) => row.id),
    now,
  );
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    time_zone: row.time_zone,
    webhook_url: webhookUrl(origin),
    created_at: new Date(row.created_at).toISOString(),
    open_incidents: found.get(row.id)?.open ?? 0,
    critical_incidents: found.get(row.id)?.critical ?? 0,
    alerts_24h: found.get(row.id)?.alerts ?? 0,
  }));
}
