import { fail, ok, type Result } from "../../core/errors.ts";

/** How far the sender's clock may be off, either way. */
const TOLERANCE_S = 300;

export interface Signed {
  hex: string;
  /** Unix seconds. */
  timestamp: number;
}

export interface VerifyingSecret {
  key: CryptoKey;
  /** Epoch ms, null: no end. */
  expires_at: number | null;
}

const encoder = new TextEncoder();

/** The UTF-8 bytes of a secret, as a key that can verify and nothing else. */
export function verifyingKey(secret: string): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", encoder.encode(secret), { name: "HMAC", hash: "SHA-256" }, false, [
    "verify",
  ]);
}

/** Value of a lower-case hex digit by its character code. */
const digit = (code: number) => (code <= 57 ? code - 48 : code - 87);

/** 64 lower-case hex digits as bytes. */
export function unhex(hex: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(32);
  for (let i = 0; i < 32; i++)
    bytes[i] = digit(hex.charCodeAt(2 * i)) * 16 + digit(hex.charCodeAt(2 * i + 1));
  return bytes;
}

/** The digits of `sha256=<hex>`, lower-case. */
export function hexOf(header: string): string | undefined {
  return /^sha256=([0-9a-f]{64})$/i.exec(header.trim())?.[1]?.toLowerCase();
}

/** `head` is ASCII. */
export function signedBytes(head: string, body: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(head.length + body.length);
  encoder.encodeInto(head, bytes);
  bytes.set(body, head.length);
  return bytes;
}

/**
 * Checks `X-Signature: sha256=<hex>`, HMAC-SHA256 over "{X-Timestamp}.{raw body}", against every secret that
 * is valid now, in constant time. null: the request carries no signature.
 */
export async function checkSignature(
  headers: Headers,
  body: Uint8Array,
  secrets: readonly VerifyingSecret[],
  now: number,
): Promise<Result<Signed | null>> {
  const given = headers.get("x-signature");
  if (given === null) return ok(null);
  const stamp = headers.get("x-timestamp");
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
  const hex = hexOf(given);
  if (!hex) return fail("invalid_signature", "X-Signature is not of the form sha256=<64 hex digits>.");
  const wanted = unhex(hex);
  const signed = signedBytes(`${stamp}.`, body);
  for (const { key, expires_at } of secrets) {
    if (expires_at !== null && expires_at <= now) continue;
    if (await crypto.subtle.verify("HMAC", key, wanted, signed)) return ok({ hex, timestamp });
  }
  return fail(
    "invalid_signature",
    "X-Signature does not match the body and X-Timestamp under this company's secret.",
  );
}
