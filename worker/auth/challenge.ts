import { and, eq, gt, isNull, lt } from "drizzle-orm";
import { database } from "../db/database.ts";
import { challenges } from "../db/schema.ts";
import type { Env } from "../env.ts";
import { newId } from "../new-id.ts";

const CHALLENGE_MS = 5 * 60_000;

/** What it may be used for, and by whom: null where nobody knows yet who it will be. */
export type ChallengeFor =
  | { purpose: "register" | "second_factor"; user_id: string }
  | { purpose: "sign_in"; user_id: null };

/** Keeps what an authenticator was asked to sign; clears away the ones nobody answered. @returns its id */
export async function keepChallenge(
  env: Env,
  use: ChallengeFor,
  challenge: string,
  now: number,
): Promise<string> {
  const db = database(env);
  const id = newId("ch");
  await db.batch([
    db.delete(challenges).where(lt(challenges.expires_at, now)),
    db.insert(challenges).values({ id, ...use, challenge, expires_at: now + CHALLENGE_MS }),
  ]);
  return id;
}

/** Takes it away, so that it is answered once; null where there is none of this purpose and person. */
export async function takeChallenge(
  env: Env,
  id: string,
  use: ChallengeFor,
  now: number,
): Promise<string | null> {
  const taken = await database(env)
    .delete(challenges)
    .where(
      and(
        eq(challenges.id, id),
        eq(challenges.purpose, use.purpose),
        use.user_id === null ? isNull(challenges.user_id) : eq(challenges.user_id, use.user_id),
        gt(challenges.expires_at, now),
      ),
    )
    .returning({ challenge: challenges.challenge });
  return taken[0]?.challenge ?? null;
}
