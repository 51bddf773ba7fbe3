import { Buffer } from "node:buffer";
import { jwtVerify, SignJWT } from "jose";
import type { Env } from "../env.ts";

export const SESSION_MS = 24 * 3_600_000;
const ISSUER = "alert-whisperer";
const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** What a cookie names: a session, or a browser that somebody signed in from before. */
type Claim = "sid" | "dev";

/** The key of whatever this service signs for itself. */
export function signingSecret(env: Pick<Env, "SESSION_SECRET">): Uint8Array {
  const bytes = Buffer.from(env.SESSION_SECRET, "base64");
  if (bytes.length < 32) throw new Error("SESSION_SECRET must be at least 32 bytes in base64");
  return bytes;
}

/** An id, signed; what a cookie carries. `expiresAt` in epoch ms. */
export function signToken(env: Env, id: string, expiresAt: number, claim: Claim = "sid"): Promise<string> {
  return new SignJWT({ [claim]: id })
    .setProtectedHeader({ alg: "HS256" })
    .setIssuer(ISSUER)
    .setExpirationTime(Math.floor(expiresAt / 1000))
    .sign(signingSecret(env));
}

/** The id, or null where the token is forged, expired, not ours, or names something else. */
export async function readToken(env: Env, token: string, claim: Claim = "sid"): Promise<string | null> {
  const key = signingSecret(env);
  try {
    const { payload } = await jwtVerify(token, key, { algorithms: ["HS256"], issuer: ISSUER });
    const id = payload[claim];
    return typeof id === "string" ? id : null;
  } catch {
    return null;
  }
}

/** Only http on this very machine may do without `Secure`. */
function isPlainLoopback(url: URL): boolean {
  return url.protocol === "http:" && LOOPBACK.has(url.hostname);
}

const NAMES = { sid: "aw_session", dev: "aw_device" } as const;

function cookieName(url: URL, claim: Claim): string {
  return isPlainLoopback(url) ? NAMES[claim] : `__Host-${NAMES[claim]}`;
}

export function sessionCookie(
  request: Request,
  token: string,
  maxAgeSeconds: number,
  claim: Claim = "sid",
): string {
  const url = new URL(request.url);
  const secure = isPlainLoopback(url) ? "" : "; Secure";
  return `${cookieName(url, claim)}=${token}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAgeSeconds}${secure}`;
}

export function clearedCookie(request: Request): string {
  return sessionCookie(request, "", 0);
}

/** The token in a request's cookie, or null. */
export function cookieToken(request: Request, claim: Claim = "sid"): string | null {
  const name = cookieName(new URL(request.url), claim);
  for (const pair of (request.headers.get("Cookie") ?? "").split(";")) {
    const at = pair.indexOf("=");
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim() || null;
  }
  return null;
}
