import { fail, ok, type Result } from "../../core/errors.ts";
import type { Env } from "../env.ts";
import { describeError, log } from "../log.ts";
import { sourceIp } from "./attempt-limit.ts";
import { loadSession, type Session } from "./session.ts";
import { cookieToken, readToken } from "./token.ts";

/** How long a session that this isolate has verified goes on while the database is away. */
const GRACE_MS = 60_000;
const CACHE_MAX = 10_000;
const verified = new Map<string, { session: Session; at: number }>();

/** Sessions verified for one page render, by token: its API calls then cost one read, not one each. */
export type SessionMemo = Map<string, Promise<Result<Session>>>;
const memos = new WeakMap<Request, SessionMemo>();

/** `request` must be one that this Worker made itself, for the visitor whose render owns `memo`. */
export function shareSession(request: Request, memo: SessionMemo): void {
  memos.set(request, memo);
}

/** After a revocation: neither the isolate nor the render may go on trusting it. */
export function forgetSession(sessionId: string, request: Request): void {
  verified.delete(sessionId);
  memos.get(request)?.clear();
}

function remember(session: Session, now: number): void {
  if (verified.size >= CACHE_MAX) verified.clear();
  verified.set(session.session_id, { session, at: now });
}

async function verify(env: Env, token: string): Promise<Result<Session>> {
  const signedOut = () => fail<Session>("unauthenticated", "Sign in first: there is no valid session.");
  const sessionId = await readToken(env, token);
  if (!sessionId) return signedOut();
  const now = Date.now();
  try {
    const session = await loadSession(env, sessionId, now);
    if (!session) {
      verified.delete(sessionId);
      return signedOut();
    }
    remember(session, now);
    return ok(session);
  } catch (error) {
    log("session_database_away", { error: describeError(error) });
    const known = verified.get(sessionId);
    if (known && now - known.at <= GRACE_MS && known.session.expires_at > now) return ok(known.session);
    return fail("unavailable", "Sessions cannot be checked at the moment. Try again soon.", {
      retry_after: 5,
    });
  }
}

/** Who sends this request, and from where: the audit log asks. */
export async function authenticate(request: Request, env: Env): Promise<Result<Session>> {
  const found = await identify(request, env);
  if (!found.ok) return found;
  const { actor, session_id, token } = found.value;
  const via = { ip: sourceIp(request), ...(token ? { token_id: token.id } : { session_id }) };
  return ok({ ...found.value, actor: { ...actor, via } });
}

/** By its session cookie. Fails with unauthenticated or unavailable. */
async function identify(request: Request, env: Env): Promise<Result<Session>> {
  const token = cookieToken(request);
  if (!token) return fail("unauthenticated", "Sign in first: there is no valid session.");
  const memo = memos.get(request);
  if (!memo) return verify(env, token);
  let pending = memo.get(token);
  if (!pending) {
    pending = verify(env, token);
    memo.set(token, pending);
  }
  return pending;
}
