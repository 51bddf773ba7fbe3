import { and, eq, isNull } from "drizzle-orm";
import type { Actor } from "../../core/actor.ts";
import type { Me } from "../../core/company.ts";
import type { TokenScope } from "../../core/permissions.ts";
import { database } from "../db/database.ts";
import { msps, sessions, userCompanies, users } from "../db/schema.ts";
import type { Env } from "../env.ts";
import { newId } from "../new-id.ts";
import { SESSION_MS, signToken } from "./token.ts";

/** A session whose row was read and is good. */
export interface Session {
  session_id: string;
  /** Epoch ms. */
  expires_at: number;
  actor: Actor;
  email: string;
  msp_name: string;
  /** A personal access token that stands for its owner; null for a browser's session. */
  token: { id: string; scopes: TokenScope[] } | null;
  /** Signed in, but a second factor that the role requires is still missing. */
  must_enrol: boolean;
}

export function toMe(session: Session): Me {
  const { actor } = session;
  return {
    user: { id: actor.user_id, name: actor.name, email: session.email, role: actor.role },
    msp: { id: actor.msp_id, name: session.msp_name },
    companies: actor.companies,
    session: { id: session.session_id, expires_at: new Date(session.expires_at).toISOString() },
  };
}

/** What to insert for a new session, and the token that names it. */
export async function newSession(env: Env, userId: string, mspId: string, now: number) {
  const row = {
    id: newId("se"),
    msp_id: mspId,
    user_id: userId,
    created_at: now,
    expires_at: now + SESSION_MS,
    revoked_at: null,
  };
  return { row, token: await signToken(env, row.id, row.expires_at) };
}

/** null for a session that is unknown, revoked or past its end. Throws when the database is away. */
export async function loadSession(env: Env, sessionId: string, now: number): Promise<Session | null> {
  const db = database(env);
  const row = await db
    .select({
      session_id: sessions.id,
      expires_at: sessions.expires_at,
      user_id: users.id,
      name: users.name,
      email: users.email,
      role: users.role,
      msp_id: users.msp_id,
      msp_name: msps.name,
    })
    .from(sessions)
    .innerJoin(users, and(eq(users.id, sessions.user_id), eq(users.msp_id, sessions.msp_id)))
    .innerJoin(msps, eq(msps.id, users.msp_id))
    .where(and(eq(sessions.id, sessionId), isNull(sessions.revoked_at)))
    .get();
  if (!row || row.expires_at <= now) return null;
  let companies: Actor["companies"] = "all";
  if (row.role !== "msp_admin") {
    const scope = await db
      .select({ id: userCompanies.company_id })
      .from(userCompanies)
      .where(and(eq(userCompanies.user_id, row.user_id), eq(userCompanies.msp_id, row.msp_id)));
    companies = scope.map((company) => company.id);
  }
  return {
    session_id: row.session_id,
    expires_at: row.expires_at,
    email: row.email,
    msp_name: row.msp_name,
    token: null,
    must_enrol: false,
    actor: { user_id: row.user_id, name: row.name, msp_id: row.msp_id, role: row.role, companies },
  };
}

export async function revokeSession(env: Env, sessionId: string, now: number): Promise<void> {
  await database(env).update(sessions).set({ revoked_at: now }).where(eq(sessions.id, sessionId));
}
