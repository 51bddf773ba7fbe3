import { companyStub } from "./company-stub.ts";
import type { Env } from "./env.ts";
import { describeError, log } from "./log.ts";
import { keyIds, reseal, sealedPrefix } from "./secrets.ts";

/** Every column of the database that holds sealed texts; a test finds one that is missing here. */
export const SEALED_COLUMNS = [
  { table: "users", column: "totp_secret" },
  { table: "users", column: "totp_pending" },
  { table: "mails", column: "sealed" },
] as const;

/** One run of the cron does so much; the next goes on. */
const ROWS_A_RUN = 200;
const COMPANIES_A_RUN = 200;
const AT_ONCE = 20;

interface Progress {
  /** The last company that was looked at. */
  cursor: string;
  resealed: number;
  failed: number;
  finished_at: number | null;
}

async function resealColumn(env: Env, prefix: string, { table, column }: (typeof SEALED_COLUMNS)[number]) {
  const { results } = await env.DB.prepare(
    `SELECT id, msp_id, ${column} AS sealed FROM ${table}
     WHERE ${column} IS NOT NULL AND substr(${column}, 1, ?1) <> ?2 LIMIT ?3`,
  )
    .bind(prefix.length, prefix, ROWS_A_RUN)
    .all<{ id: string; msp_id: string; sealed: string }>();
  let failed = 0;
  const writes: D1PreparedStatement[] = [];
  for (const row of results) {
    try {
      const fresh = await reseal(env, row.msp_id, row.sealed);
      // Whoever changed it meanwhile has sealed with the new key.
      const write = `UPDATE ${table} SET ${column} = ?1 WHERE id = ?2 AND ${column} = ?3`;
      writes.push(env.DB.prepare(write).bind(fresh, row.id, row.sealed));
    } catch (error) {
      failed += 1;
      log("reseal_failed", { table, column, error: describeError(error) });
    }
  }
  if (writes.length > 0) await env.DB.batch(writes);
  return { resealed: writes.length, failed, full: results.length === ROWS_A_RUN && writes.length > 0 };
}

async function resealCompany(env: Env, prefix: string, companyId: string): Promise<number> {
  const stub = companyStub(env, companyId);
  const kept = await stub.sealedTexts();
  const old = kept?.texts.filter((sealed) => !sealed.startsWith(prefix)) ?? [];
  if (!kept || old.length === 0) return 0;
  const pairs = old.map(async (sealed) => ({ old: sealed, new: await reseal(env, kept.msp_id, sealed) }));
  await stub.resealed(await Promise.all(pairs));
  return old.length;
}

async function resealCompanies(env: Env, prefix: string, after: string) {
  const { results } = await env.DB.prepare("SELECT id FROM companies WHERE id > ?1 ORDER BY id LIMIT ?2")
    .bind(after, COMPANIES_A_RUN)
    .all<{ id: string }>();
  let resealed = 0;
  let failed = 0;
  for (let i = 0; i < results.length; i += AT_ONCE) {
    const some = results.slice(i, i + AT_ONCE).map(({ id }) => resealCompany(env, prefix, id));
    for (const done of await Promise.allSettled(some)) {
      if (done.status === "fulfilled") resealed += done.value;
      else {
        failed += 1;
        log("reseal_failed", { company: true, error: describeError(done.reason) });
      }
    }
  }
  return { resealed, failed, cursor: results.at(-1)?.id ?? after, full: results.length === COMPANIES_A_RUN };
}

/**
 * While there is a previous key: seals page by page under the present one what is still under another, and
 * goes round again until a whole round found nothing. Safe to repeat, and to be cut off anywhere. Answers
 * whether it has finished; how far it is stands in `secret_rotation`.
 */
export async function rotateSecrets(env: Env, now: number): Promise<boolean> {
  if (!env.SECRETS_KEY_PREVIOUS) return true;
  const prefix = await sealedPrefix(env);
  const key_ids = (await keyIds(env)).join(" ");
  const known = await env.DB.prepare("SELECT * FROM secret_rotation WHERE key_ids = ?1")
    .bind(key_ids)
    .first<Progress & Record<string, unknown>>();
  if (known?.finished_at) return true;
  let { cursor, resealed, failed } = known ?? { cursor: "", resealed: 0, failed: 0 };
  let more = false;
  for (const column of SEALED_COLUMNS) {
    const done = await resealColumn(env, prefix, column);
    resealed += done.resealed;
    failed += done.failed;
    more ||= done.full;
  }
  const companies = await resealCompanies(env, prefix, cursor);
  resealed += companies.resealed;
  failed += companies.failed;
  const finished = !more && !companies.full && resealed === 0 && failed === 0;
  // A round is over: the next begins anew, and must find nothing for this to be the end.
  const round =
    companies.full || finished
      ? { cursor: companies.cursor, resealed, failed }
      : { cursor: "", resealed: 0, failed: 0 };
  await env.DB.prepare(
    `INSERT INTO secret_rotation (key_ids, cursor, resealed, failed, total, started_at, finished_at)
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (key_ids) DO UPDATE SET cursor = ?2, resealed = ?3,
       failed = ?4, total = secret_rotation.total + ?5, finished_at = ?7`,
  )
    .bind(
      key_ids,
      round.cursor,
      round.resealed,
      round.failed,
      resealed - (known?.resealed ?? 0),
      now,
      finished ? now : null,
    )
    .run();
  log("secrets_resealed", { resealed, failed, finished });
  return finished;
}
