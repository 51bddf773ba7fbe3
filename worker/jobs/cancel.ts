import type { JobRow } from "../db/schema.ts";
import type { Env } from "../env.ts";
import { announceJob, loadJob } from "./store.ts";

const KEPT_MS = 86_400_000;

/** Ends open what-ifs of the company; the run that works on one finds it taken. Answers those it ended. */
async function end(env: Env, where: string, values: string[], now: number): Promise<string[]> {
  const { results } = await env.DB.prepare(
    `UPDATE jobs SET status = 'cancelled', updated_at = ?1, expires_at = ?2
     WHERE kind = 'preview' AND status IN ('queued', 'running') AND ${where} RETURNING id`,
  )
    .bind(now, now + KEPT_MS, ...values)
    .all<{ id: string }>();
  return results.map(({ id }) => id);
}

/** As it is afterwards; one that is closed already stays as it was. */
export async function cancelPreview(env: Env, row: JobRow, now: number): Promise<JobRow> {
  const ended = await end(env, "id = ?3", [row.id], now);
  const is = (await loadJob(env, row.id)) ?? row;
  if (ended.length > 0) await announceJob(env, is);
  return is;
}

/** Whoever tries something else has lost interest in what they tried before. */
export async function cancelOwnPreviews(env: Env, companyId: string, userId: string, now: number) {
  await end(env, "company_id = ?3 AND data ->> '$.actor.user_id' = ?4", [companyId, userId], now);
}

/** How many are under way for a company. */
export async function openPreviews(env: Env, companyId: string): Promise<number> {
  const row = await env.DB.prepare(
    "SELECT count(*) AS n FROM jobs WHERE company_id = ?1 AND kind = 'preview' AND status IN ('queued', 'running')",
  )
    .bind(companyId)
    .first<{ n: number }>();
  return row?.n ?? 0;
}
