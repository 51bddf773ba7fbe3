import { fail, ok, type Result } from "../../core/errors.ts";
import { parseIp } from "../../core/ip.ts";
import type { Env } from "../env.ts";

const PERIOD_SECONDS = 60;

/** Cloudflare sets the header itself; without it the request came from this machine. */
export function sourceIp(request: Request): string {
  return request.headers.get("CF-Connecting-IP") ?? "127.0.0.1";
}

/** One v4 address, or a v6 network of the size that a single customer gets: it has 2^64 addresses. */
export function networkOf(ip: string): string {
  const bits = parseIp(ip);
  return bits === null || !ip.includes(":") || bits >> 32n === 0xffffn
    ? ip
    : `${(bits >> 64n).toString(16)}/64`;
}

/** Before any password is hashed: so many tries a minute per source address. */
export async function limitAttempts(env: Env, request: Request): Promise<Result<null>> {
  const { success } = await env.AUTH_LIMIT.limit({ key: networkOf(sourceIp(request)) });
  if (success) return ok(null);
  return fail("too_many_failures", "Too many attempts from your network. Wait a minute and try again.", {
    retry_after: PERIOD_SECONDS,
  });
}
