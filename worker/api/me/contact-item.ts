import { createHmac } from "node:crypto";
import type { Contact } from "../../../core/profile.ts";
import type { ContactRow } from "../../db/schema.ts";
import type { Env } from "../../env.ts";

export const CODE_MS = 15 * 60_000;
export const MAX_FAILURES = 5;

export function contactItem(row: ContactRow): Contact {
  const { id, kind, address, verified_at, created_at } = row;
  return {
    id,
    kind,
    value: address,
    verified_at: verified_at === null ? null : new Date(verified_at).toISOString(),
    verifiable: kind === "email",
    created_at: new Date(created_at).toISOString(),
  };
}

/** Keyed: the million codes there are could be tried against a plain hash at once. */
export function codeMac(env: Env, contactId: string, code: string): string {
  return createHmac("sha256", env.SESSION_SECRET).update(`contact code ${contactId} ${code}`).digest("hex");
}

/** Six digits, all alike likely. */
export function newCode(): string {
  const limit = 4_294_000_000;
  let n = limit;
  while (n >= limit) n = crypto.getRandomValues(new Uint32Array(1))[0] ?? limit;
  return String(n % 1_000_000).padStart(6, "0");
}
