import { and, eq, isNull } from "drizzle-orm";
import { hubStub } from "../company-stub.ts";
import { database } from "../db/database.ts";
import { personalTokens, sessions } from "../db/schema.ts";
import type { Env } from "../env.ts";
import { describeError, log } from "../log.ts";
import { closePortalSockets } from "../portal-sockets.ts";
import { forgetSession } from "./authenticate.ts";

/** For the batch that shuts a person out: their personal access tokens end. */
export function revokeTokens(env: Env, userId: string, now: number) {
  return database(env)
    .update(personalTokens)
    .set({ revoked_at: now })
    .where(and(eq(personalTokens.user_id, userId), isNull(personalTokens.revoked_at)));
}

/**
 * After somebody's role, companies or name changed: what this isolate remembers of their sessions is
 * forgotten and their sockets are closed, to come back as what they are now. `before` are the companies they
 * had. Never throws.
 */
export async function rescope(
  env: Env,
  person: { id: string; msp_id: string },
  before: readonly string[] = [],
): Promise<void> {
  try {
    const open = await database(env)
      .select({ id: sessions.id })
      .from(sessions)
      .where(and(eq(sessions.user_id, person.id), isNull(sessions.revoked_at)));
    for (const { id } of open) forgetSession(id);
    await Promise.all([
      hubStub(env, person.msp_id).closeUser(person.id),
      closePortalSockets(env, { user_id: person.id }, before),
    ]);
  } catch (error) {
    log("rescope_failed", { error: describeError(error) });
  }
}
