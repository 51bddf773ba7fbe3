import { DeliveryPages, type KeptDelivery, type KnownDelivery } from "./delivery-pages.ts";
import type { Delivery } from "./rpc.ts";

const HOUR_MS = 3_600_000;
/** Signed bytes are refused as stale after 300 s either way, so they need no longer memory than that. */
export const SIGNATURES_KEPT_MS = 620_000;

/** So many are kept at most, the newest: an object's memory is small. Some 40 MB; 3 minutes at 1,000 a second. */
export const SIGNATURES_MAX = 200_000;

export interface AcceptedDelivery extends KnownDelivery {
  key: string;
  ttl_hours: number;
  /** Of a signed delivery that came with an id of its own. */
  signature: string | null;
}

/** What makes a delivery the same delivery: the sender's id, else the signature of its bytes, else nothing. */
export function deliveryKey(d: Delivery): string | null {
  if (d.delivery_id !== null) return `h:${d.delivery_id}`;
  return d.signature ? `s:${d.signature.hex}` : null;
}

/**
 * The memory of accepted deliveries. New ones are in memory, and in the journal for the case of a crash, until
 * the checkpoint writes them by the page.
 */
export class Deliveries {
  private fresh = new Map<string, KeptDelivery>();
  private signatures = new Map<string, { key: string; at: number }>();
  private pages: DeliveryPages;

  constructor(sql: SqlStorage) {
    this.pages = new DeliveryPages(sql);
  }

  get unwritten(): number {
    return this.fresh.size;
  }

  /** The delivery that these signed bytes came with before, if they did. */
  bySignature(hex: string, now: number): string | undefined {
    const seen = this.signatures.get(hex);
    return seen && now - seen.at <= SIGNATURES_KEPT_MS ? seen.key : undefined;
  }

  rememberSignature(hex: string, key: string, at: number): void {
    this.signatures.set(hex, { key, at });
    if (this.signatures.size <= SIGNATURES_MAX) return;
    const [oldest] = this.signatures.keys();
    if (oldest !== undefined) this.signatures.delete(oldest);
  }

  /** Those of `keys` that were accepted before and still count, by key. */
  find(keys: string[], now: number): Map<string, KnownDelivery> {
    const asked: string[] = [];
    const found = new Map<string, KnownDelivery>();
    for (const key of keys) {
      const fresh = this.fresh.get(key);
      if (!fresh) asked.push(key);
      else if (fresh.expires_at > now) found.set(key, fresh);
    }
    for (const [key, known] of this.pages.find(asked, now)) found.set(key, known);
    return found;
  }

  /** Remembers what the commit at `at` accepted; the journal holds it too. */
  take(accepted: AcceptedDelivery[], at: number): void {
    for (const { key, body_hash, ids, ttl_hours, signature } of accepted) {
      this.fresh.set(key, { body_hash, ids, expires_at: at + ttl_hours * HOUR_MS });
      if (signature !== null) this.rememberSignature(signature, key, at);
    }
  }

  /** Undoes `take` for a commit that failed. */
  forget(accepted: AcceptedDelivery[]): void {
    for (const { key, signature } of accepted) {
      this.fresh.delete(key);
      if (signature !== null) this.signatures.delete(signature);
    }
  }

  /** Writes what is new, inside the caller's transaction; call what it answers once that is committed. */
  checkpoint(now: number): () => void {
    if (this.fresh.size === 0) return () => {};
    const written = this.pages.append(this.fresh, now);
    return () => {
      written();
      this.fresh.clear();
    };
  }

  any(): boolean {
    return this.fresh.size > 0 || this.pages.any();
  }

  prune(now: number): void {
    this.pages.prune(now);
    for (const [hex, seen] of this.signatures) {
      if (now - seen.at <= SIGNATURES_KEPT_MS) break;
      this.signatures.delete(hex);
    }
  }
}
