import { and, eq, isNull, ne } from "drizzle-orm";
import { hubStub } from "../company-stub.ts";
import { database } from "../db/database.ts";
import { sessions } from "../db/schema.ts";
import type { Env } from "../env.ts";
import { describeError, log } from "../log.ts";
import { closePortalSockets } from "../portal-sockets.ts";
import { forgetSession } from "./authenticate.ts";

interface Whose {
  user_id: string;
  msp_id: string;
  /** A session that goes on, usually the caller's own. */
  except?: string;
}

/** Ends a person's sessions, for the batch that makes the change; its rows name them for `closeSessions`. */
export function endSessions(env: Env, whose: Whose, now: number) {
  return database(env)
    .update(sessions)
    .set({ revoked_at: now })
    .where(
      and(
        eq(sessions.user_id, whose.user_id),
        eq(sessions.msp_id, whose.msp_id),
        isNull(sessions.revoked_at),
        whose.except === undefined ? undefined : ne(sessions.id, whose.except),
      ),
    )
    .returning({ id: sessions.id });
}

/** Ends one session of a person; no row comes back for one that is not theirs, or ended before. */
export function endSession(env: Env, whose: Whose, sessionId: string, now: number) {
  return database(env)
    .update(sessions)
    .set({ revoked_at: now })
    .where(
      and(
        eq(sessions.id, sessionId),
        eq(sessions.user_id, whose.user_id),
        eq(sessions.msp_id, whose.msp_id),
        isNull(sessions.revoked_at),
      ),
    )
    .returning({ id: sessions.id });
}

/** After their rows were revoked: nobody remembers these sessions and their sockets are closed. Never throws. */
export async function closeSessions(
  env: Env,
  mspId: string,
  ended: readonly { id: string }[],
  request?: Request,
): Promise<void> {
  const hub = hubStub(env, mspId);
  for (const { id } of ended) forgetSession(id, request);
  const ids = ended.map(({ id }) => id);
  const closed = await Promise.allSettled([
    ...ids.map((id) => hub.closeSession(id)),
    ...(ids.length > 0 ? [closePortalSockets(env, { session_ids: ids })] : []),
  ]);
  // The row is revoked: a socket that outlives it is refused at its next check.
  for (const one of closed)
    if (one.status === "rejected") log("close_session_failed", { error: describeError(one.reason) });
}

/** Ends a person's sessions everywhere: rows, memory and sockets. @returns how many there were */
export async function revokeUserSessions(env: Env, whose: Whose, now: number = Date.now()): Promise<number> {
  const ended = await endSessions(env, whose, now);
  await closeSessions(env, whose.msp_id, ended);
  return ended.length;
}
