import { fail, ok, type Result } from "../core/errors.ts";
import type { NewKey } from "./rpc.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Keys that open the intake at one time. */
const LIVE_MAX = 20;
/** Ended keys are shown, and named to who still uses them, up to this many. */
const ENDED_KEPT = 30;
/** A sender that still signs with a secret of before is told so; older ones are forgotten. */
const SECRETS_KEPT = 4;

export interface KeyRecord {
  id: string;
  hash: string;
  created_at: number;
  /** When it gives way to its successor; null: never by itself. */
  expires_at: number | null;
  revoked_at: number | null;
}

export interface SecretRecord {
  sealed: string;
  created_at: number;
  expires_at: number | null;
}

/** How a key ended, or null while it opens the intake. */
export function endOf(key: KeyRecord, now: number): "revoked" | "expired" | null {
  if (key.revoked_at !== null) return "revoked";
  return key.expires_at !== null && key.expires_at <= now ? "expired" : null;
}

/** The keys with a new one; those before end when the overlap does, or earlier where they would anyway. */
export function issueKeyInto(keys: KeyRecord[], added: NewKey, now: number): Result<KeyRecord[]> {
  const live = keys.filter((key) => endOf(key, now) === null);
  if (live.length >= LIVE_MAX)
    return fail("conflict", `There are ${LIVE_MAX} keys that work already; revoke one first.`);
  const until = now + added.overlap_hours * HOUR_MS;
  const given = live.map((key) => ({ ...key, expires_at: Math.min(key.expires_at ?? until, until) }));
  const ended = keys.filter((key) => endOf(key, now) !== null).slice(-ENDED_KEPT);
  const made = {
    id: added.key_id,
    hash: added.key_hash,
    created_at: now,
    expires_at: null,
    revoked_at: null,
  };
  return ok([...ended, ...given, made]);
}

/** The newest first; the one before stays valid for a day, at most two are valid at once. */
export function rotateSecret(secrets: SecretRecord[], sealed: string, now: number): SecretRecord[] {
  const [newest, ...older] = secrets;
  const former = older.map((s) => ({ ...s, expires_at: Math.min(s.expires_at ?? now, now) }));
  const made = { sealed, created_at: now, expires_at: null };
  return [made, ...(newest ? [{ ...newest, expires_at: now + DAY_MS }] : []), ...former].slice(
    0,
    SECRETS_KEPT,
  );
}
