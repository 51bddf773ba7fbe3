import { createHmac } from "node:crypto";
import { eq, inArray, lt, sql } from "drizzle-orm";
import { fail, ok, type Result } from "../../core/errors.ts";
import { FAILURES_KEPT_MS, lockMs } from "../../core/lockout.ts";
import { database } from "../db/database.ts";
import { loginFailures } from "../db/schema.ts";
import type { Env } from "../env.ts";
import { networkOf, sourceIp } from "./attempt-limit.ts";
import { signingSecret } from "./token.ts";

/** By count of failures; the last one holds for all above. */
const LOCKS = Array.from({ length: 13 }, (_, failures) => lockMs(failures));

/** What is tried, and from where: whoever fails elsewhere locks nobody out here. */
function keyOf(env: Env, ...parts: string[]): string {
  return createHmac("sha256", signingSecret(env)).update(parts.join("\n")).digest("base64url");
}

/** Tries at an address, whether or not anybody has it. A device from which they signed in counts apart. */
export function passwordKey(env: Env, request: Request, email: string, deviceId: string | null): string {
  const place = deviceId ?? networkOf(sourceIp(request));
  return keyOf(env, "password", email, place);
}

/** Tries at a code. They come after the right password, so they count for all places together. */
export function codeKey(env: Env, userId: string, deviceId: string | null = null): string {
  return keyOf(env, "code", userId, deviceId ?? "");
}

export interface Try {
  key: string;
  /** This try, should it fail, was the one that locked. */
  locks: boolean;
}

/**
 * Counts a try before it is made, so that many at once are no way around the lock: whoever succeeds then
 * calls `clearTries`. Fails with too_many_failures while it is locked.
 */
export async function countTry(env: Env, key: string, now: number): Promise<Result<Try>> {
  const db = database(env);
  const failures = sql`${loginFailures.failures} + 1`;
  // D1 binds every number as a real, and "$[12.0]" is no path.
  const index = sql`cast(min(${failures}, ${LOCKS.length - 1}) AS INTEGER)`;
  const lock = sql`nullif(json_extract(${JSON.stringify(LOCKS)}, '$[' || ${index} || ']'), 0)`;
  const [, counted, rows] = await db.batch([
    db.delete(loginFailures).where(lt(loginFailures.updated_at, now - FAILURES_KEPT_MS)),
    db
      .insert(loginFailures)
      .values({ key, failures: 1, locked_until: null, updated_at: now })
      .onConflictDoUpdate({
        target: loginFailures.key,
        set: { failures, locked_until: sql`${now} + ${lock}`, updated_at: now },
        setWhere: sql`${loginFailures.locked_until} IS NULL OR ${loginFailures.locked_until} <= ${now}`,
      })
      .returning({ locked_until: loginFailures.locked_until }),
    db
      .select({ locked_until: loginFailures.locked_until })
      .from(loginFailures)
      .where(eq(loginFailures.key, key)),
  ]);
  const own = counted[0];
  if (own) return ok({ key, locks: own.locked_until !== null });
  return tooMany((rows[0]?.locked_until ?? now) - now);
}

function tooMany(ms: number): Result<never> {
  return fail(
    "too_many_failures",
    "Too many failed tries. Wait a while and try again, or sign in with a passkey or from a device you used before.",
    { retry_after: Math.ceil(ms / 1000) },
  );
}

/** The right password without its code was no failure. Takes the try back. */
export async function takeBack(env: Env, { key }: Try): Promise<void> {
  await database(env)
    .update(loginFailures)
    .set({ failures: sql`max(${loginFailures.failures} - 1, 0)`, locked_until: null })
    .where(eq(loginFailures.key, key));
}

/** After success the count starts anew; for the batch that makes the session. */
export function clearTries(env: Env, keys: readonly string[]) {
  return database(env)
    .delete(loginFailures)
    .where(inArray(loginFailures.key, [...keys]));
}
