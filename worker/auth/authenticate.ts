import { eq } from "drizzle-orm";
import { fail, ok, type Result } from "../../core/errors.ts";
import { database } from "../db/database.ts";
import { personalTokens, sessions } from "../db/schema.ts";
import type { Env } from "../env.ts";
import { describeError, log } from "../log.ts";
import { sourceIp } from "./attempt-limit.ts";
import { bearerToken, loadTokenSession, tokenHash } from "./personal-token.ts";
import { loadSession, type Session } from "./session.ts";
import { cookieToken, readToken } from "./token.ts";

/** How long a session that this isolate has verified goes on while the database is away. */
const GRACE_MS = 60_000;
/** How far "last seen" may lag behind: one write a minute, not one a request. */
const SEEN_MS = 60_000;
const CACHE_MAX = 10_000;
const verified = new Map<string, { session: Session; at: number }>();

/** Sessions verified for one page render, by token: its API calls then cost one read, not one each. */
export type SessionMemo = Map<string, Promise<Result<Session>>>;
const memos = new WeakMap<Request, SessionMemo>();

/** `request` must be one that this Worker made itself, for the visitor whose render owns `memo`. */
export function shareSession(request: Request, memo: SessionMemo): void {
  memos.set(request, memo);
}

/** After a session, or what it knows, changed: neither the isolate nor the render may go on trusting it. */
export function forgetSession(sessionId: string, request?: Request): void {
  verified.delete(sessionId);
  if (request) memos.get(request)?.clear();
}

function remember(session: Session, now: number): void {
  if (verified.size >= CACHE_MAX) verified.clear();
  verified.set(session.session_id, { session, at: now });
}

const signedOut = () => fail<Session>("unauthenticated", "Sign in first: there is no valid session.");
const badToken = () => fail<Session>("unauthenticated", "The token is not valid, or no longer.");

/** Best effort: a request does not fail because nobody could note that it came. */
async function markSeen(env: Env, session: Session, now: number): Promise<void> {
  if (now - session.last_seen_at < SEEN_MS) return;
  const db = database(env);
  try {
    if (session.token)
      await db
        .update(personalTokens)
        .set({ last_used_at: now })
        .where(eq(personalTokens.id, session.token.id));
    else await db.update(sessions).set({ last_seen_at: now }).where(eq(sessions.id, session.session_id));
  } catch (error) {
    log("session_not_marked_seen", { error: describeError(error) });
  }
}

async function verify(env: Env, token: string, activity: boolean): Promise<Result<Session>> {
  const sessionId = await readToken(env, token);
  if (!sessionId) return signedOut();
  const now = Date.now();
  let session: Session | null;
  try {
    session = await loadSession(env, sessionId, now);
  } catch (error) {
    log("session_database_away", { error: describeError(error) });
    const known = verified.get(sessionId);
    if (known && now - known.at <= GRACE_MS && known.session.expires_at > now) return ok(known.session);
    return fail("unavailable", "Sessions cannot be checked at the moment. Try again soon.", {
      retry_after: 5,
    });
  }
  if (!session) {
    verified.delete(sessionId);
    return signedOut();
  }
  remember(session, now);
  if (activity) await markSeen(env, session, now);
  return ok(session);
}

async function verifyBearer(env: Env, token: string): Promise<Result<Session>> {
  const now = Date.now();
  const session = await loadTokenSession(env, tokenHash(token), now);
  if (!session) return badToken();
  await markSeen(env, session, now);
  return ok(session);
}

/**
 * Who sends this request, and from where: the audit log asks. A request that nobody made by hand, such as a
 * socket coming back, is no `activity`: it keeps no idle session alive.
 */
export async function authenticate(
  request: Request,
  env: Env,
  { activity = true }: { activity?: boolean } = {},
): Promise<Result<Session>> {
  const found = await identify(request, env, activity);
  if (!found.ok) return found;
  const { actor, session_id, token } = found.value;
  const via = { ip: sourceIp(request), ...(token ? { token_id: token.id } : { session_id }) };
  return ok({ ...found.value, actor: { ...actor, via } });
}

/** By its personal token or else its session cookie. Fails with unauthenticated or unavailable. */
async function identify(request: Request, env: Env, activity: boolean): Promise<Result<Session>> {
  const bearer = bearerToken(request);
  if (bearer !== null) return verifyBearer(env, bearer);
  const token = cookieToken(request);
  if (!token) return signedOut();
  const memo = memos.get(request);
  if (!memo) return verify(env, token, activity);
  let pending = memo.get(token);
  if (!pending) {
    pending = verify(env, token, activity);
    memo.set(token, pending);
  }
  return pending;
}
