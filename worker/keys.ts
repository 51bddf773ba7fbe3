import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { Env } from "./env.ts";

/**
 * An API key carries its own routing: `aw_<company 16><random 32>_<mac 32>`. The MAC refuses a forged key
 * with no look-up; the object knows the SHA-256 of the random part, so revocation is its word alone.
 */
const KEY = /^aw_([0-9a-z]{16})([0-9a-f]{32})_([0-9a-f]{32})$/;
const CACHE_MAX = 5000;

export interface VerifiedKey {
  company_id: string;
  key_hash: string;
}

/** Good keys of this isolate: a busy sender pays for the MAC once. */
const verified = new Map<string, VerifiedKey>();

function mac(env: Pick<Env, "API_KEY_SECRET">, company: string, random: string): string {
  return createHmac("sha256", env.API_KEY_SECRET)
    .update(`key.v1.${company}.${random}`)
    .digest("hex")
    .slice(0, 32);
}

function hashOf(random: string): string {
  return createHash("sha256").update(random).digest("hex");
}

/** A new key; `key` is shown once and never stored. `key_id` is safe to show. */
export async function issueKey(
  env: Pick<Env, "API_KEY_SECRET">,
  companyId: string,
): Promise<{ key: string; key_id: string; key_hash: string }> {
  const company = companyId.slice(3);
  const random = randomBytes(16).toString("hex");
  const key = `aw_${company}${random}_${mac(env, company, random)}`;
  return { key, key_id: `key_${random.slice(0, 8)}`, key_hash: hashOf(random) };
}

/** null for what this service never issued. Touches no storage. */
export function verifyKey(env: Pick<Env, "API_KEY_SECRET">, key: string): VerifiedKey | null {
  const hit = verified.get(key);
  if (hit) return hit;
  const [, company, random, given] = KEY.exec(key) ?? [];
  if (!company || !random || !given) return null;
  if (!timingSafeEqual(Buffer.from(given), Buffer.from(mac(env, company, random)))) return null;
  const made = { company_id: `co_${company}`, key_hash: hashOf(random) };
  if (verified.size >= CACHE_MAX) verified.clear();
  verified.set(key, made);
  return made;
}
