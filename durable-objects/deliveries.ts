import type { Delivery } from "./rpc.ts";
import { SeenDeliveries } from "./seen-deliveries.ts";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** 77 hours reach back over five calendar days at most. */
const DAYS_BACK = 4;
/** Signed bytes are refused as stale after 300 s either way, so they need no longer memory than that. */
export const SIGNATURES_KEPT_MS = 620_000;

/** So many are kept at most, the newest: an object's memory is small. Some 40 MB; 3 minutes at 1,000 a second. */
export const SIGNATURES_MAX = 200_000;

/** A statement takes 100 parameters. */
const ROWS_PER_INSERT = 20;

function insertOf(rows: number): string {
  return `INSERT OR REPLACE INTO deliveries VALUES ${Array(rows).fill("(?,?,?,?,?)").join(",")}`;
}

export interface KnownDelivery {
  body_hash: string;
  /** Alert seqs in the order of the body's accepted alerts; null where an alert has none. */
  ids: (number | null)[];
}

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
 * The memory of accepted deliveries, one row each. New ones are in memory, and in the journal for the case
 * of a crash, until the checkpoint writes them in the order of their keys: ids are random, and a row at a
 * time would touch a page each.
 */
export class Deliveries {
  private sql: SqlStorage;
  private fresh = new Map<string, KnownDelivery & { expires_at: number; day: number }>();
  private signatures = new Map<string, { key: string; at: number }>();
  /** The oldest day that has rows, so that look-ups probe no empty ones. */
  private oldestDay: number;
  private seen: SeenDeliveries;

  constructor(sql: SqlStorage) {
    this.sql = sql;
    this.seen = new SeenDeliveries(sql);
    const oldest = sql.exec<{ day: number | null }>("SELECT MIN(day) AS day FROM deliveries").one().day;
    this.oldestDay = oldest ?? Number.MAX_SAFE_INTEGER;
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
    const found = new Map<string, KnownDelivery>();
    const asked: string[] = [];
    for (const key of keys) {
      const fresh = this.fresh.get(key);
      if (!fresh) {
        if (this.seen.mayHold(key)) asked.push(key);
      } else if (fresh.expires_at > now) found.set(key, fresh);
    }
    const today = Math.floor(now / DAY_MS);
    const days: number[] = [];
    for (let day = Math.max(today - DAYS_BACK, this.oldestDay); day <= today; day++) days.push(day);
    if (asked.length === 0 || days.length === 0) return found;
    const rows = this.sql.exec<{ id: string; body_hash: string; ids: string; expires_at: number }>(
      `SELECT d.id, d.body_hash, d.ids, d.expires_at FROM json_each(?) AS k CROSS JOIN deliveries AS d
       WHERE d.day IN (${days.join(", ")}) AND d.id = k.value`,
      JSON.stringify(asked),
    );
    for (const row of rows) {
      if (row.expires_at > now) found.set(row.id, { body_hash: row.body_hash, ids: JSON.parse(row.ids) });
    }
    return found;
  }

  /** Remembers what the commit at `at` accepted; the journal holds it too. */
  take(accepted: AcceptedDelivery[], at: number): void {
    const day = Math.floor(at / DAY_MS);
    for (const { key, body_hash, ids, ttl_hours, signature } of accepted) {
      this.fresh.set(key, { body_hash, ids, day, expires_at: at + ttl_hours * HOUR_MS });
      this.seen.add(day, key);
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

  checkpoint(): void {
    if (this.fresh.size === 0) return;
    this.seen.readOn(this.fresh);
    const rows = [...this.fresh]
      .map(([key, d]) => [d.day, key, d.body_hash, JSON.stringify(d.ids), d.expires_at] as const)
      .sort(([dayA, a], [dayB, b]) => dayA - dayB || (a < b ? -1 : 1));
    for (let i = 0; i < rows.length; i += ROWS_PER_INSERT) {
      const chunk = rows.slice(i, i + ROWS_PER_INSERT);
      this.sql.exec(insertOf(chunk.length), ...chunk.flat());
    }
    this.oldestDay = Math.min(this.oldestDay, rows[0]?.[0] ?? this.oldestDay);
    this.fresh.clear();
  }

  any(): boolean {
    return this.fresh.size > 0 || this.sql.exec("SELECT 1 FROM deliveries LIMIT 1").toArray().length > 0;
  }

  prune(now: number): void {
    const first = Math.floor(now / DAY_MS) - DAYS_BACK;
    this.sql.exec("DELETE FROM deliveries WHERE day < ?", first);
    this.seen.forgetBefore(first);
    for (const [hex, seen] of this.signatures) {
      if (now - seen.at <= SIGNATURES_KEPT_MS) break;
      this.signatures.delete(hex);
    }
  }
}
