import type { RateLimit } from "./settings.ts";

/** Refills are sums of fractions: whoever waited as long as they were told must not miss by the last bit. */
const ROUNDING = 1e-6;

/** Tokens left at a moment (epoch ms). */
export interface Bucket {
  tokens: number;
  at: number;
}

export function fullBucket(limit: RateLimit, now: number): Bucket {
  return { tokens: limit.burst, at: now };
}

/** One token a request, one per hundred alerts; never more than the bucket holds, or it could never be paid. */
export function cost(alerts: number, limit: RateLimit): number {
  return Math.min(Math.max(1, Math.ceil(alerts / 100)), limit.burst);
}

/**
 * Takes `price` tokens out of a bucket that refills by requests_per_minute up to burst. 0 when taken, else
 * the whole seconds until it could be; then nothing was taken. Changes the bucket it is given.
 */
export function take(bucket: Bucket, limit: RateLimit, price: number, now: number): number {
  const perMs = limit.requests_per_minute / 60_000;
  bucket.tokens = Math.min(limit.burst, bucket.tokens + Math.max(0, now - bucket.at) * perMs);
  bucket.at = now;
  if (bucket.tokens + ROUNDING >= price) {
    bucket.tokens = Math.max(0, bucket.tokens - price);
    return 0;
  }
  return Math.max(1, Math.ceil((price - bucket.tokens) / perMs / 1000));
}
