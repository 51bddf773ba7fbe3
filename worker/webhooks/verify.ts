import { type Failure, fail, ok, type Result } from "../../core/errors.ts";
import { ipInList } from "../../core/ip.ts";
import type { Env } from "../env.ts";
import type { VerifiedKey } from "../keys.ts";
import { anyBlocked, blockedFor, countFailure } from "./edge-memory.ts";
import { type OpenPolicy, policyFor, reread } from "./policy-cache.ts";
import { checkSignature, type Signed } from "./signature.ts";
import { claimsSns } from "./sns/through-sns.ts";

const QUERY_KEY = /[?&]api_key=([^&#]*)/;

export const UNKNOWN_KEY: Failure = {
  code: "invalid_api_key",
  detail: "The API key is missing, unknown or revoked.",
};

/** From the query, else X-API-Key, else a bearer token. Keys are plain words: nothing in them is escaped. */
export function keyOf(request: Request): string {
  const query = QUERY_KEY.exec(request.url)?.[1];
  if (query !== undefined) return query;
  const bearer = /^bearer\s+(\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  return request.headers.get("x-api-key") ?? bearer ?? "";
}

/** The sender's address as the edge saw it; a local run has no edge before it. */
export function addressOf(request: Request): string {
  return request.headers.get("cf-connecting-ip") ?? "127.0.0.1";
}

/** Allowlist, then signature, under one policy. */
export async function authenticate(
  request: Request,
  tool: string,
  body: Uint8Array,
  policy: OpenPolicy,
  now: number,
): Promise<Result<Signed | null>> {
  const { ip_allowlist, hmac_required, unsigned_tools } = policy.security;
  if (ip_allowlist.length > 0) {
    const address = addressOf(request);
    if (!ipInList(address, ip_allowlist)) {
      return fail("ip_not_allowed", `The address ${address} is not on this company's allowlist.`);
    }
  }
  const signed = await checkSignature(request.headers, body, policy.secrets, now);
  const unsigned = tool === "heartbeat" || unsigned_tools.includes(tool) || claimsSns(request, tool);
  if (signed.ok && signed.value === null && hmac_required && !unsigned) {
    return fail("invalid_signature", "X-Signature is missing: this company requires signed requests.");
  }
  return signed;
}

export interface Verified {
  policy: OpenPolicy;
  signature: Signed | null;
}

/** What comes after the key and before the body is understood, in its order: flood, allowlist, signature. */
export async function verify(
  request: Request,
  env: Env,
  tool: string,
  body: Uint8Array,
  key: VerifiedKey,
): Promise<Result<Verified>> {
  const now = Date.now();
  // A request that brings no signature cannot bring a bad one: a neighbour's mistake is not its own.
  const suspect = anyBlocked() && request.headers.has("x-signature");
  const wait = suspect ? blockedFor(key.company_id, addressOf(request), now) : 0;
  if (wait > 0) {
    return fail("too_many_failures", `Too many bad signatures from this address; try again in ${wait} s.`, {
      retry_after: wait,
    });
  }
  const { policy, fresh } = await policyFor(env, key.company_id);
  if (!policy) return { ok: false, error: UNKNOWN_KEY };
  const first = await authenticate(request, tool, body, policy, now);
  if (first.ok) return ok({ policy, signature: first.value });
  // Never refuse out of a cached policy: the secret or the list may have changed a moment ago.
  const newer = fresh ? policy : await reread(env, policy);
  if (newer && newer.version !== policy.version) {
    const again = await authenticate(request, tool, body, newer, now);
    if (again.ok) return ok({ policy: newer, signature: again.value });
  }
  await countFailure(env, key.company_id, addressOf(request), now);
  return first;
}
