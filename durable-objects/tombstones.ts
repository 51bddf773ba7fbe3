import type { Tombstone } from "../core/engine/state.ts";

/** Recoveries that came before what they recover, kept for a while. Where there are none, asking is free. */
export class Tombstones {
  private count = 0;
  private sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.sql = sql;
  }

  /** Reads anew how many there are: after rows changed elsewhere, or a transaction failed. */
  load(): void {
    this.count = this.sql.exec<{ n: number }>("SELECT COUNT(*) AS n FROM tombstones").one().n;
  }

  get any(): boolean {
    return this.count > 0;
  }

  get(key: string): Tombstone | undefined {
    if (this.count === 0) return undefined;
    return this.sql
      .exec<Record<string, SqlStorageValue>>(
        "SELECT key, event_time, expires_at FROM tombstones WHERE key = ?",
        key,
      )
      .toArray()[0] as unknown as Tombstone | undefined;
  }

  add({ key, event_time, expires_at }: Tombstone): void {
    this.sql.exec(
      `INSERT INTO tombstones VALUES (?1, ?2, ?3)
       ON CONFLICT DO UPDATE SET event_time = max(event_time, ?2), expires_at = ?3`,
      key,
      event_time,
      expires_at,
    );
    this.count += 1;
  }

  drop(key: string): void {
    this.sql.exec("DELETE FROM tombstones WHERE key = ?", key);
  }

  dropExpired(now: number): void {
    if (this.count === 0) return;
    this.sql.exec("DELETE FROM tombstones WHERE expires_at < ?", now);
    this.load();
  }
}
