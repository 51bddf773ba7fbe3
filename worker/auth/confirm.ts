import { eq } from "drizzle-orm";
import { fail, ok, type Result } from "../../core/errors.ts";
import { database } from "../db/database.ts";
import { users } from "../db/schema.ts";
import type { Env } from "../env.ts";
import { clearTries, codeKey, countTry } from "./lockout.ts";
import { verifyPassword } from "./password.ts";
import { redeemCode } from "./second-factor.ts";
import type { Session } from "./session.ts";

type User = typeof users.$inferSelect;

/** The row behind a session. It is there: the session was just read with it. */
export async function userOf(env: Env, session: Session): Promise<User> {
  const user = await database(env).select().from(users).where(eq(users.id, session.actor.user_id)).get();
  if (!user) throw new Error("a session without its user");
  return user;
}

export const wrong = (field: string, what: string) =>
  fail("validation_failed", "That could not be confirmed.", { fields: { [field]: what } });

export const WRONG_CODE = "not right, or used before: wait for the next one";

/** One counted try at a secret by somebody who is signed in: a stolen session is no place to guess from. */
export async function guarded<T>(
  env: Env,
  userId: string,
  now: number,
  check: () => Promise<Result<T>>,
): Promise<Result<T>> {
  const tried = await countTry(env, codeKey(env, userId, "signed in"), now);
  if (!tried.ok) return tried;
  const result = await check();
  if (result.ok) await clearTries(env, [tried.value.key]);
  return result;
}

/** Fails with validation_failed under `field`. */
export function checkPassword(user: User, password: string, field = "password"): Result<null> {
  return verifyPassword(password, user.password_hash) ? ok(null) : wrong(field, "is not right");
}

/** Uses a code up, of the app or for recovery. Fails with validation_failed under `code`. */
export async function checkCode(env: Env, user: User, code: string, now: number): Promise<Result<null>> {
  return (await redeemCode(env, user, code, now)) ? ok(null) : wrong("code", WRONG_CODE);
}
