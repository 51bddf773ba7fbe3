import type { Delivery } from "./rpc.ts";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** 77 hours reach back over five calendar days at most. */
const DAYS_BACK = 4;

export interface KnownDelivery {
  body_hash: string;
  /** Alert seqs in the order of the body's accepted alerts; null where an alert has none. */
  ids: (number | null)[];
}

/** What makes a delivery the same delivery: the sender's id, else the signature of its bytes, else nothing. */
export function deliveryKey(d: Delivery): string | null {
  if (d.delivery_id !== null) return `h:${d.delivery_id}`;
  return d.signature ? `s:${d.signature.hex}` : null;
}

/** The memory of accepted deliveries, one row each. */
export class Deliveries {
  private sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.sql = sql;
  }

  /** Those of `keys` that were accepted before and still count, by key. */
  find(keys: string[], now: number): Map<string, KnownDelivery> {
    const found = new Map<string, KnownDelivery>();
    if (keys.length === 0) return found;
    const today = Math.floor(now / DAY_MS);
    const days = Array.from({ length: DAYS_BACK + 1 }, (_, i) => today - i);
    const rows = this.sql.exec<{ id: string; body_hash: string; ids: string; expires_at: number }>(
      `SELECT d.id, d.body_hash, d.ids, d.expires_at FROM json_each(?) AS k CROSS JOIN deliveries AS d
       WHERE d.day IN (?, ?, ?, ?, ?) AND d.id = k.value`,
      JSON.stringify(keys),
      ...days,
    );
    for (const row of rows) {
      if (row.expires_at > now) found.set(row.id, { body_hash: row.body_hash, ids: JSON.parse(row.ids) });
    }
    return found;
  }

  write(
    accepted: { key: string; body_hash: string; ids: (number | null)[]; ttl_hours: number }[],
    now: number,
  ): void {
    if (accepted.length === 0) return;
    const rows = accepted.map((d) => [
      d.key,
      d.body_hash,
      JSON.stringify(d.ids),
      now + d.ttl_hours * HOUR_MS,
    ]);
    this.sql.exec(
      `INSERT OR REPLACE INTO deliveries
       SELECT ?1, value->>0, value->>1, value->>2, value->>3 FROM json_each(?2)`,
      Math.floor(now / DAY_MS),
      JSON.stringify(rows),
    );
  }

  any(): boolean {
    return this.sql.exec("SELECT 1 FROM deliveries LIMIT 1").toArray().length > 0;
  }

  prune(now: number): void {
    this.sql.exec("DELETE FROM deliveries WHERE day < ?", Math.floor(now / DAY_MS) - DAYS_BACK);
  }
}
