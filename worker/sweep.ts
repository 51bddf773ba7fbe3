import { companyStub } from "./company-stub.ts";
import type { Env } from "./env.ts";
import { describeError, log } from "./log.ts";

/** An alarm is at most this late by itself; what is later has lost it. */
const GRACE_MS = 30_000;
const PER_ROUND = 100;
const AT_ONCE = 20;
/** A cron has its minute; what is left waits for the next. */
const MAX_ROUNDS = 20;

/** The cron of a runtime that has just come up, which holds no alarm of the life before. */
export const BOOT = "@boot";

interface Due {
  id: string;
  next_due_at: number | null;
}

type Woken = [id: string, was: number | null, next: number | null];

async function wake(env: Env, due: Due, now: number, failures: unknown[]): Promise<Woken> {
  try {
    return [due.id, due.next_due_at, await companyStub(env, due.id).wake()];
  } catch (error) {
    failures.push(error);
    // To the end of the line, so that the same broken companies never stand before the others.
    return [due.id, due.next_due_at, now];
  }
}

async function wakeThese(env: Env, these: Due[], now: number): Promise<void> {
  const woken: Woken[] = [];
  const failures: unknown[] = [];
  for (let i = 0; i < these.length; i += AT_ONCE)
    woken.push(
      ...(await Promise.all(these.slice(i, i + AT_ONCE).map((due) => wake(env, due, now, failures)))),
    );
  if (failures.length > 0)
    log("sweep_wake_failed", { companies: failures.length, first: describeError(failures[0]) });
  const moved = woken.filter(([, was, next]) => was !== next);
  if (moved.length > 0)
    // What the company itself has written meanwhile is newer than this answer.
    await env.DB.prepare(
      `UPDATE companies SET next_due_at = w.value ->> '$[2]' FROM json_each(?1) w
       WHERE companies.id = w.value ->> '$[0]' AND companies.next_due_at IS w.value ->> '$[1]'`,
    )
      .bind(JSON.stringify(moved))
      .run();
}

async function sweepRound(env: Env, now: number): Promise<number> {
  const { results } = await env.DB.prepare(
    "SELECT id, next_due_at FROM companies WHERE next_due_at < ?1 ORDER BY next_due_at LIMIT ?2",
  )
    .bind(now - GRACE_MS, PER_ROUND)
    .all<Due>();
  await wakeThese(env, results, now);
  return results.length;
}

/**
 * Wakes companies whose deadline has passed without their alarm: alarms may be lost on a restart.
 * `now` in epoch ms; answers how many were woken. One that fails stops no other.
 */
export async function sweep(env: Env, now: number): Promise<number> {
  let total = 0;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const woken = await sweepRound(env, now);
    total += woken;
    if (woken < PER_ROUND) break;
  }
  return total;
}

/**
 * Wakes every company: after a crash of a local runtime all alarms are gone, and a deadline may be one
 * that the table was never told. Answers how many there are.
 */
export async function wakeAll(env: Env, now: number): Promise<number> {
  let total = 0;
  for (let last = ""; ; ) {
    const { results } = await env.DB.prepare(
      "SELECT id, next_due_at FROM companies WHERE id > ?1 ORDER BY id LIMIT ?2",
    )
      .bind(last, PER_ROUND)
      .all<Due>();
    await wakeThese(env, results, now);
    total += results.length;
    last = results.at(-1)?.id ?? "";
    if (results.length < PER_ROUND) return total;
  }
}
