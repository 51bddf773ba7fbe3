import type { RefusedDelivery } from "../../durable-objects/rejections.ts";
import { companyStub } from "../company-stub.ts";
import type { Env } from "../env.ts";

const BLOCK_MS = 60_000;
const REPORT_AFTER_MS = 1000;
const MAX = 10_000;
/** Kinds of refusals one report tells apart; the rest is counted together. */
const KINDS_MAX = 8;

/** What this isolate remembers so that a storm costs no object call. All of it may be forgotten. */
const blocked = new Map<string, number>();
const denied = new Map<string, { until: number; limit: number; burst: number }>();
const refused = new Map<string, Map<string, Pending>>();

type Refusal = Omit<RefusedDelivery, "count">;
type Pending = RefusedDelivery & { explain?: Explain };
/** Finds out more for the company's people; asked once a report and kind, never on the way of a request. */
type Explain = () => Promise<string | null>;

function bounded<V>(map: Map<string, V>, key: string, value: V): void {
  if (map.size >= MAX) map.clear();
  map.set(key, value);
}

/** false while nobody is shut out: then no request need say where it comes from. */
export function anyBlocked(): boolean {
  return blocked.size > 0;
}

/** Seconds this source stays shut out of a company after too many bad signatures; 0 when it is not. */
export function blockedFor(companyId: string, ip: string, now: number): number {
  const until = blocked.get(`${companyId}|${ip}`) ?? 0;
  return until > now ? Math.ceil((until - now) / 1000) : 0;
}

/** Counts one failed authentication; past the limit the source is shut out for a minute. */
export async function countFailure(env: Env, companyId: string, ip: string, now: number): Promise<void> {
  const key = `${companyId}|${ip}`;
  const { success } = await env.FLOOD.limit({ key });
  if (!success) bounded(blocked, key, now + BLOCK_MS);
}

/** Recoveries and firing alerts have buckets of their own, so they are remembered apart. */
export function rememberDenial(
  key: string,
  retryAfterS: number,
  limit: number,
  burst: number,
  now: number,
): void {
  bounded(denied, key, { until: now + retryAfterS * 1000, limit, burst });
}

export function denialOf(
  key: string,
  now: number,
): { retry_after: number; limit: number; burst: number } | null {
  const hit = denied.get(key);
  if (!hit) return null;
  if (hit.until <= now) {
    denied.delete(key);
    return null;
  }
  return {
    retry_after: Math.max(1, Math.ceil((hit.until - now) / 1000)),
    limit: hit.limit,
    burst: hit.burst,
  };
}

/** Notes a refusal for the company's page; told to its object once a second, so "at least" that many. */
export function noteRefusal(
  env: Env,
  ctx: ExecutionContext,
  companyId: string,
  refusal: Refusal,
  explain?: Explain,
): void {
  const pending = refused.get(companyId);
  const mine = pending ?? new Map<string, Pending>();
  add(mine, refusal, explain);
  if (pending) return;
  bounded(refused, companyId, mine);
  ctx.waitUntil(report(env, companyId));
}

function add(kinds: Map<string, Pending>, refusal: Refusal, explain?: Explain): void {
  const kind = `${refusal.reason}|${refusal.tool}|${refusal.source_ip}`;
  const same = kinds.get(kind) ?? (kinds.size >= KINDS_MAX ? [...kinds.values()].at(-1) : undefined);
  if (same) same.count += 1;
  else kinds.set(kind, { ...refusal, count: 1, ...(explain && { explain }) });
}

async function told({ explain, ...refusal }: Pending): Promise<RefusedDelivery> {
  const more = explain && (await explain().catch(() => null));
  return more ? { ...refusal, detail: `${refusal.detail} ${more}` } : refusal;
}

async function report(env: Env, companyId: string): Promise<void> {
  await scheduler.wait(REPORT_AFTER_MS);
  const mine = refused.get(companyId);
  refused.delete(companyId);
  if (!mine) return;
  const items = await Promise.all([...mine.values()].map(told));
  await companyStub(env, companyId).reportRejections(items);
}
