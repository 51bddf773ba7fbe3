import { createHmac, timingSafeEqual } from "node:crypto";
import { fail, ok, type Result } from "../../core/errors.ts";

/** How far the sender's clock may be off, either way. */
const TOLERANCE_S = 300;

export interface Signed {
  hex: string;
  /** Unix seconds. */
  timestamp: number;
}

/**
 * Checks `X-Signature: sha256=<hex>`, HMAC-SHA256 over "{X-Timestamp}.{raw body}", against every secret that
 * is valid now, in constant time. null: the request carries no signature.
 */
export function checkSignature(
  headers: Headers,
  body: Uint8Array,
  secrets: readonly { secret: string; expires_at: number | null }[],
  now: number,
): Result<Signed | null> {
  const given = headers.get("x-signature");
  const stamp = headers.get("x-timestamp");
  if (given === null) return ok(null);
  if (stamp === null || !/^\d{1,12}$/.test(stamp)) {
    return fail("invalid_timestamp", "X-Timestamp is missing or is not unix seconds.");
  }
  const timestamp = Number(stamp);
  const off = timestamp - Math.floor(now / 1000);
  if (Math.abs(off) > TOLERANCE_S) {
    const which = off < 0 ? "in the past" : "in the future";
    return fail(
      "invalid_timestamp",
      `X-Timestamp is ${Math.abs(off)} seconds ${which}; at most ${TOLERANCE_S} are allowed. Check the clock.`,
    );
  }
  const hex = /^sha256=([0-9a-f]{64})$/i.exec(given.trim())?.[1]?.toLowerCase();
  if (!hex) return fail("invalid_signature", "X-Signature is not of the form sha256=<64 hex digits>.");
  const wanted = Buffer.from(hex, "hex");
  for (const { secret, expires_at } of secrets) {
    if (expires_at !== null && expires_at <= now) continue;
    const made = createHmac("sha256", secret).update(`${stamp}.`).update(body).digest();
    if (timingSafeEqual(made, wanted)) return ok({ hex, timestamp });
  }
  return fail(
    "invalid_signature",
    "X-Signature does not match the body and X-Timestamp under this company's secret.",
  );
}
