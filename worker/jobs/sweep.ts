import type { Env } from "../env.ts";
import { startJob } from "./start.ts";
import { LOST_AFTER_MS } from "./store.ts";

const PER_SWEEP = 50;

interface Expired extends Record<string, unknown> {
  id: string;
  kind: string;
  key: string | null;
}

/** Takes up jobs that lost whoever worked on them, and drops files and jobs whose time is over. `now` in epoch ms. */
export async function sweepJobs(env: Env, now: number): Promise<void> {
  const lost = await env.DB.prepare(
    "SELECT id FROM jobs WHERE status IN ('queued', 'running') AND updated_at < ?1 ORDER BY updated_at LIMIT ?2",
  )
    .bind(now - LOST_AFTER_MS, PER_SWEEP)
    .all<{ id: string }>();
  for (const { id } of lost.results) await startJob(env, id);
  const over = await env.DB.prepare(
    `SELECT id, kind, data ->> '$.file.key' AS key FROM jobs
     WHERE expires_at IS NOT NULL AND expires_at < ?1 LIMIT ?2`,
  )
    .bind(now, PER_SWEEP)
    .all<Expired>();
  for (const { id, key } of over.results) {
    if (key) await env.FILES.delete(key);
    await env.DB.prepare("DELETE FROM jobs WHERE id = ?1").bind(id).run();
  }
}
