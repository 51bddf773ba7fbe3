import { and, eq, isNull, sql } from "drizzle-orm";
import type { Actor, Role } from "../../core/actor.ts";
import type { Me } from "../../core/company.ts";
import type { TokenScope } from "../../core/permissions.ts";
import { database } from "../db/database.ts";
import { msps, passkeys, sessions, userCompanies, users } from "../db/schema.ts";
import type { Env } from "../env.ts";
import { newId } from "../new-id.ts";
import { sourceIp } from "./attempt-limit.ts";
import { SESSION_MS, signToken } from "./token.ts";

const MINUTE_MS = 60_000;
const USER_AGENT_MAX = 300;

/** What somebody proved besides the password. */
export type SecondFactor = "totp" | "recovery" | "passkey";

/** A session whose row was read and is good. */
export interface Session {
  session_id: string;
  /** Epoch ms. */
  expires_at: number;
  /** Epoch ms, at most a minute behind. */
  last_seen_at: number;
  /** Epoch ms at which it ends unless somebody uses it; null: never before its own end. */
  idle_until: number | null;
  /** Epoch ms up to which it counts as newly confirmed, or null. */
  stepped_up_until: number | null;
  actor: Actor;
  email: string;
  email_verified: boolean;
  time_zone: string;
  msp_name: string;
  totp_enabled: boolean;
  /** A personal access token that stands for its owner; null for a browser's session. */
  token: { id: string; scopes: TokenScope[] } | null;
  /** Signed in, but a second factor that the role requires is still missing. */
  must_enrol: boolean;
}

export function toMe(session: Session): Me {
  const { actor } = session;
  return {
    user: {
      id: actor.user_id,
      name: actor.name,
      email: session.email,
      email_verified: session.email_verified,
      time_zone: session.time_zone,
      role: actor.role,
    },
    msp: { id: actor.msp_id, name: session.msp_name },
    companies: actor.companies,
    totp_enabled: session.totp_enabled,
    must_enrol: session.must_enrol,
    session: { id: session.session_id, expires_at: new Date(session.expires_at).toISOString() },
  };
}

/** What to insert for a new session, and the token that names it. */
export async function newSession(
  env: Env,
  userId: string,
  mspId: string,
  now: number,
  from: { request?: Request; second_factor?: SecondFactor | null } = {},
) {
  const { request } = from;
  const row = {
    id: newId("se"),
    msp_id: mspId,
    user_id: userId,
    created_at: now,
    expires_at: now + SESSION_MS,
    revoked_at: null,
    last_seen_at: now,
    ip: request ? sourceIp(request) : null,
    user_agent: request?.headers.get("User-Agent")?.slice(0, USER_AGENT_MAX) ?? null,
    second_factor: from.second_factor ?? null,
  };
  return { row, token: await signToken(env, row.id, row.expires_at) };
}

/** Whether a role may do nothing but set up its second factor. */
export function mustEnrol(env: Env, role: Role, hasFactor: boolean): boolean {
  return role === "msp_admin" && env.REQUIRE_ADMIN_TOTP === "true" && !hasFactor;
}

/** Epoch ms at which a session ends that nobody uses, or null; when it was last used is known to the minute. */
export function idleEnd(lastSeen: number, idleMinutes: number | null): number | null {
  return idleMinutes === null ? null : lastSeen + (idleMinutes + 1) * MINUTE_MS;
}

/** The companies a person may see. */
export async function scopeOf(env: Env, user: { id: string; msp_id: string; role: Role }) {
  if (user.role === "msp_admin") return "all" as const;
  const scope = await database(env)
    .select({ id: userCompanies.company_id })
    .from(userCompanies)
    .where(and(eq(userCompanies.user_id, user.id), eq(userCompanies.msp_id, user.msp_id)));
  return scope.map((company) => company.id);
}

/** The columns of a person that make an Actor and Me, for a query that joins users and msps. */
export const PERSON = {
  user_id: users.id,
  name: users.name,
  email: users.email,
  email_verified_at: users.email_verified_at,
  time_zone: users.time_zone,
  role: users.role,
  msp_id: users.msp_id,
  msp_name: msps.name,
  totp_enabled_at: users.totp_enabled_at,
  has_passkey: sql<number>`EXISTS (SELECT 1 FROM ${passkeys} WHERE ${passkeys.user_id} = ${users.id})`,
};

type PersonRow = {
  [Column in keyof typeof PERSON]: Column extends keyof typeof users.$inferSelect
    ? (typeof users.$inferSelect)[Column]
    : Column extends "has_passkey"
      ? number
      : string;
};

/** What a session, or a token in its place, knows of its person. */
export async function personOf(env: Env, row: PersonRow) {
  const companies = await scopeOf(env, { id: row.user_id, msp_id: row.msp_id, role: row.role });
  const totp_enabled = row.totp_enabled_at !== null;
  return {
    email: row.email,
    email_verified: row.email_verified_at !== null,
    time_zone: row.time_zone,
    msp_name: row.msp_name,
    totp_enabled,
    must_enrol: mustEnrol(env, row.role, totp_enabled || row.has_passkey === 1),
    actor: { user_id: row.user_id, name: row.name, msp_id: row.msp_id, role: row.role, companies },
  };
}

/** null for one that is unknown, revoked, idle for too long or past its end. Throws when the database is away. */
export async function loadSession(env: Env, sessionId: string, now: number): Promise<Session | null> {
  const row = await database(env)
    .select({
      ...PERSON,
      session_id: sessions.id,
      created_at: sessions.created_at,
      expires_at: sessions.expires_at,
      last_seen_at: sessions.last_seen_at,
      stepped_up_until: sessions.stepped_up_until,
      idle_timeout_minutes: msps.idle_timeout_minutes,
    })
    .from(sessions)
    .innerJoin(users, and(eq(users.id, sessions.user_id), eq(users.msp_id, sessions.msp_id)))
    .innerJoin(msps, eq(msps.id, users.msp_id))
    .where(and(eq(sessions.id, sessionId), isNull(sessions.revoked_at), isNull(users.disabled_at)))
    .get();
  if (!row || row.expires_at <= now) return null;
  const last_seen_at = row.last_seen_at ?? row.created_at;
  const idle_until = idleEnd(last_seen_at, row.idle_timeout_minutes);
  if (idle_until !== null && idle_until <= now) return null;
  return {
    ...(await personOf(env, row)),
    session_id: row.session_id,
    expires_at: row.expires_at,
    last_seen_at,
    idle_until,
    stepped_up_until: row.stepped_up_until,
    token: null,
  };
}
