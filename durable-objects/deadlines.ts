/**
 * Many named deadlines on the object's one alarm. They sit in a table; the earliest sets the alarm.
 * Times are epoch milliseconds.
 */
export class Deadlines {
  private due = new Map<string, number>();
  /** The earliest of them; undefined: to be looked for. A company with many open incidents has thousands. */
  private least: number | null | undefined;
  private sql: SqlStorage;
  private storage: DurableObjectStorage;
  /** What the platform's alarm is set to, as far as this life of the object knows. */
  private armed: number | null = null;

  constructor(storage: DurableObjectStorage) {
    this.storage = storage;
    this.sql = storage.sql;
    this.load();
  }

  load(): void {
    this.due.clear();
    this.least = undefined;
    for (const row of this.sql.exec<{ name: string; due_at: number }>("SELECT name, due_at FROM deadlines")) {
      this.due.set(row.name, row.due_at);
    }
  }

  get(name: string): number | undefined {
    return this.due.get(name);
  }

  set(name: string, dueAt: number): void {
    const before = this.due.get(name);
    if (before === dueAt) return;
    this.due.set(name, dueAt);
    if (before !== undefined && before === this.least) this.least = undefined;
    else if (this.least === null || (this.least !== undefined && dueAt < this.least)) this.least = dueAt;
    this.sql.exec("INSERT INTO deadlines VALUES (?1, ?2) ON CONFLICT DO UPDATE SET due_at = ?2", name, dueAt);
  }

  /** Sets it only where it is not set, or set for later. */
  notLaterThan(name: string, dueAt: number): void {
    const at = this.due.get(name);
    if (at === undefined || at > dueAt) this.set(name, dueAt);
  }

  clear(name: string): void {
    const before = this.due.get(name);
    if (before !== undefined && before === this.least) this.least = undefined;
    if (this.due.delete(name)) this.sql.exec("DELETE FROM deadlines WHERE name = ?", name);
  }

  names(prefix: string): string[] {
    return [...this.due.keys()].filter((name) => name.startsWith(prefix));
  }

  earliest(): number | null {
    if (this.least === undefined) {
      this.least = null;
      for (const at of this.due.values()) if (this.least === null || at < this.least) this.least = at;
    }
    return this.least;
  }

  /** Names due at `now`, the longest overdue first, at most `max`. */
  overdue(now: number, max: number): string[] {
    return [...this.due]
      .filter(([, at]) => at <= now)
      .sort(([, a], [, b]) => a - b)
      .slice(0, max)
      .map(([name]) => name);
  }

  /**
   * Sets the alarm where the earliest deadline asks for it. Never to this very moment: an alarm set to now
   * inside an alarm can be dropped, and a local restart forgets alarms, so `force` arms anew.
   */
  arm(now: number, force = false, soonestMs = 1): void {
    const earliest = this.earliest();
    if (earliest === null) return;
    const at = Math.max(now + soonestMs, earliest);
    if (!force && this.armed !== null && this.armed <= at && this.armed > now) return;
    this.armed = at;
    this.storage.setAlarm(at);
  }

  /** The alarm has gone off: the platform holds none any more. */
  fired(): void {
    this.armed = null;
  }
}
