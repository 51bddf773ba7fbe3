import { Buffer } from "node:buffer";
import { jwtVerify, SignJWT } from "jose";
import type { Env } from "../env.ts";

export const SESSION_MS = 24 * 3_600_000;
const ISSUER = "alert-whisperer";
const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

function secret(env: Env): Uint8Array {
  const bytes = Buffer.from(env.SESSION_SECRET, "base64");
  if (bytes.length < 32) throw new Error("SESSION_SECRET must be at least 32 bytes in base64");
  return bytes;
}

/** The session id, signed; what the cookie carries. */
export function signToken(env: Env, sessionId: string, expiresAt: number): Promise<string> {
  return new SignJWT({ sid: sessionId })
    .setProtectedHeader({ alg: "HS256" })
    .setIssuer(ISSUER)
    .setExpirationTime(Math.floor(expiresAt / 1000))
    .sign(secret(env));
}

/** The session id, or null where the token is forged, expired or not ours. */
export async function readToken(env: Env, token: string): Promise<string | null> {
  const key = secret(env);
  try {
    const { payload } = await jwtVerify(token, key, { algorithms: ["HS256"], issuer: ISSUER });
    return typeof payload.sid === "string" ? payload.sid : null;
  } catch {
    return null;
  }
}

/** Only http on this very machine may do without `Secure`. */
function isPlainLoopback(url: URL): boolean {
  return url.protocol === "http:" && LOOPBACK.has(url.hostname);
}

function cookieName(url: URL): string {
  return isPlainLoopback(url) ? "aw_session" : "__Host-aw_session";
}

export function sessionCookie(request: Request, token: string, maxAgeSeconds: number): string {
  const url = new URL(request.url);
  const secure = isPlainLoopback(url) ? "" : "; Secure";
  return `${cookieName(url)}=${token}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAgeSeconds}${secure}`;
}

export function clearedCookie(request: Request): string {
  return sessionCookie(request, "", 0);
}

/** The session token of a request, or null. */
export function cookieToken(request: Request): string | null {
  const name = cookieName(new URL(request.url));
  for (const pair of (request.headers.get("Cookie") ?? "").split(";")) {
    const at = pair.indexOf("=");
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim() || null;
  }
  return null;
}
