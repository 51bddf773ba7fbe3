import { and, eq, isNull, ne } from "drizzle-orm";
import { ok, type Result } from "../../core/errors.ts";
import { database } from "../db/database.ts";
import { sessions } from "../db/schema.ts";
import type { Env } from "../env.ts";
import { passkeyCount } from "./second-factor.ts";
import { mustEnrol, type SecondFactor, type Session } from "./session.ts";
import { requireStepUp, STEPPED_UP_MS } from "./step-up.ts";

/** The session in which a second factor was just proved has it from now on. */
export function markFactor(env: Env, session: Session, factor: SecondFactor, now: number) {
  return database(env)
    .update(sessions)
    .set({ second_factor: factor, stepped_up_until: now + STEPPED_UP_MS })
    .where(eq(sessions.id, session.session_id));
}

/**
 * With the first second factor the sessions without one end, save the one that set it up: whoever has but
 * the password is out. Its rows name them for `closeSessions`.
 */
export function endWeakerSessions(env: Env, session: Session, now: number) {
  return database(env)
    .update(sessions)
    .set({ revoked_at: now })
    .where(
      and(
        eq(sessions.user_id, session.actor.user_id),
        eq(sessions.msp_id, session.actor.msp_id),
        isNull(sessions.revoked_at),
        isNull(sessions.second_factor),
        ne(sessions.id, session.session_id),
      ),
    )
    .returning({ id: sessions.id });
}

/** Whether this person's role has to keep a second factor. */
export function factorRequired(env: Env, session: Session): boolean {
  return mustEnrol(env, session.actor.role, false);
}

/** A passkey signs in by itself: beside a second factor that is there already it takes a step-up. */
export async function mayAddPasskey(env: Env, session: Session, now: number): Promise<Result<null>> {
  const first = !session.totp_enabled && (await passkeyCount(env, session.actor.user_id)) === 0;
  return first ? ok(null) : requireStepUp(session, now);
}
