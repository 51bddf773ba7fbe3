import { KeyFilter } from "../core/key-filter.ts";

/** A quiet company's object asks the table; reading all of it in pays only for a busy one. */
const ASKED_MIN = 500;
/** Rows read in at a time, about 5 ms. */
const PAGE = 5000;

/**
 * Which delivery ids the table may hold, in memory: nearly every delivery is new, and to learn that from the
 * table costs more than all the rest of taking it in. Says "maybe" until it has read the table through.
 */
export class SeenDeliveries {
  private sql: SqlStorage;
  private asked = 0;
  private days: Map<number, KeyFilter> | null = null;
  /** The last row read in; null: all are. */
  private cursor: { day: number; id: string } | null = { day: -1, id: "" };

  constructor(sql: SqlStorage) {
    this.sql = sql;
  }

  /** false: it is certainly in no day of the table. */
  mayHold(id: string): boolean {
    this.asked += 1;
    if (!this.days || this.cursor) return true;
    for (const filter of this.days.values()) if (filter.mayHold(id)) return true;
    return false;
  }

  /** A row that is, or will be, written. */
  add(day: number, id: string): void {
    if (this.days) this.filterOf(this.days, day).add(id);
  }

  private filterOf(days: Map<number, KeyFilter>, day: number): KeyFilter {
    let filter = days.get(day);
    if (!filter) {
      filter = new KeyFilter();
      days.set(day, filter);
    }
    return filter;
  }

  /** Reads on where it is worth it; `unwritten` are those that the table does not have yet. */
  readOn(unwritten: Iterable<[id: string, row: { day: number }]>): void {
    if (!this.cursor || this.asked < ASKED_MIN) return;
    if (!this.days) {
      this.days = new Map();
      for (const [id, { day }] of unwritten) this.add(day, id);
    }
    const rows = this.sql
      .exec<{ day: number; id: string }>(
        "SELECT day, id FROM deliveries WHERE (day, id) > (?, ?) ORDER BY day, id LIMIT ?",
        this.cursor.day,
        this.cursor.id,
        PAGE,
      )
      .toArray();
    for (const { day, id } of rows) this.add(day, id);
    this.cursor = rows.length < PAGE ? null : (rows.at(-1) ?? null);
  }

  /** The days before this one are deleted. */
  forgetBefore(first: number): void {
    for (const day of this.days?.keys() ?? []) if (day < first) this.days?.delete(day);
  }
}
