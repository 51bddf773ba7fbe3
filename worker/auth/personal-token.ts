import { createHash, randomBytes } from "node:crypto";
import { and, eq, isNull } from "drizzle-orm";
import { database } from "../db/database.ts";
import { msps, personalTokens, users } from "../db/schema.ts";
import type { Env } from "../env.ts";
import { PERSON, personOf, type Session } from "./session.ts";

const BEARER = /^Bearer\s+(\S+)$/i;
/** Until when one without an end of its own may be remembered. */
const DAY_MS = 24 * 3_600_000;

/** 256 random bits behind a prefix that secret scanners can find. */
export function newPersonalToken(): string {
  return `awp_${randomBytes(32).toString("base64url")}`;
}

/** SHA-256, hex: enough for what cannot be guessed. */
export function tokenHash(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

/** What an Authorization header bears, or null. It goes before any cookie. */
export function bearerToken(request: Request): string | null {
  return BEARER.exec(request.headers.get("Authorization") ?? "")?.[1] ?? null;
}

/** null for one that is unknown, revoked or past its end. Throws when the database is away. */
export async function loadTokenSession(env: Env, hash: string, now: number): Promise<Session | null> {
  const row = await database(env)
    .select({
      ...PERSON,
      token_id: personalTokens.id,
      scopes: personalTokens.scopes,
      created_at: personalTokens.created_at,
      expires_at: personalTokens.expires_at,
      last_used_at: personalTokens.last_used_at,
    })
    .from(personalTokens)
    .innerJoin(users, and(eq(users.id, personalTokens.user_id), eq(users.msp_id, personalTokens.msp_id)))
    .innerJoin(msps, eq(msps.id, users.msp_id))
    .where(
      and(eq(personalTokens.token_hash, hash), isNull(personalTokens.revoked_at), isNull(users.disabled_at)),
    )
    .get();
  if (!row || (row.expires_at !== null && row.expires_at <= now)) return null;
  return {
    ...(await personOf(env, row)),
    session_id: row.token_id,
    expires_at: row.expires_at ?? now + DAY_MS,
    last_seen_at: row.last_used_at ?? 0,
    idle_until: null,
    stepped_up_until: null,
    token: { id: row.token_id, scopes: row.scopes },
    must_enrol: false,
  };
}
