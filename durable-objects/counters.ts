import type { ProjectedCounter } from "./rpc.ts";

const HOUR_MS = 3_600_000;

interface Counter {
  hour: number;
  severity: string;
  tool: string;
  alerts: number;
  commit: number;
}

/** Accepted alerts per hour, severity and tool, as totals: writing one twice changes nothing. */
export class Counters {
  private sql: SqlStorage;
  private live = new Map<string, Counter>();
  private unwritten = new Set<Counter>();
  private since = 0;
  /** Not yet in the console's database. */
  private unprojected = new Set<Counter>();

  constructor(sql: SqlStorage) {
    this.sql = sql;
  }

  reset(): void {
    this.live.clear();
    this.unwritten.clear();
    this.unprojected.clear();
  }

  private counter(at: number, severity: string, tool: string): Counter {
    const hour = Math.floor(at / HOUR_MS) * HOUR_MS;
    const key = `${hour}|${severity}|${tool}`;
    const hit = this.live.get(key);
    if (hit) return hit;
    const row = this.sql
      .exec<{ alerts: number; commit_seq: number }>(
        "SELECT alerts, commit_seq FROM counters WHERE hour = ? AND severity = ? AND tool = ?",
        hour,
        severity,
        tool,
      )
      .toArray()[0];
    const made = { hour, severity, tool, alerts: row?.alerts ?? 0, commit: row?.commit_seq ?? 0 };
    this.live.set(key, made);
    return made;
  }

  /** Adds what commit `commit` at `at` accepted; a commit the row already holds adds nothing. */
  add(commit: number, at: number, counts: Iterable<[severity: string, tool: string, alerts: number]>): void {
    for (const [severity, tool, alerts] of counts) {
      const counter = this.counter(at, severity, tool);
      if (counter.commit >= commit) continue;
      counter.alerts += alerts;
      this.unwritten.add(counter);
      if (this.unprojected.size === 0) this.since = at;
      this.unprojected.add(counter);
    }
  }

  get unwrittenCount(): number {
    return this.unwritten.size;
  }

  checkpoint(commit: number): void {
    for (const c of this.unwritten) {
      c.commit = commit;
      this.sql.exec(
        "INSERT INTO counters VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO UPDATE SET alerts = ?4, commit_seq = ?5",
        c.hour,
        c.severity,
        c.tool,
        c.alerts,
        commit,
      );
    }
    this.unwritten.clear();
  }

  /** Since when totals wait to be projected, epoch ms; null: none do. */
  get waitingSince(): number | null {
    return this.unprojected.size > 0 ? this.since : null;
  }

  /** Totals to project; call the function it answers once they are there. */
  pending(): { rows: ProjectedCounter[]; done: () => void } {
    const taken = [...this.unprojected].map((counter) => ({ counter, alerts: counter.alerts }));
    return {
      rows: taken.map(({ counter: { hour, severity, tool }, alerts }) => ({ hour, severity, tool, alerts })),
      done: () => {
        for (const { counter, alerts } of taken)
          if (counter.alerts === alerts) this.unprojected.delete(counter);
      },
    };
  }

  /** After a restart what was projected is not known: the last two hours are sent again. */
  resend(now: number): void {
    const rows = this.sql.exec<{ hour: number; severity: string; tool: string }>(
      "SELECT hour, severity, tool FROM counters WHERE hour >= ?",
      Math.floor(now / HOUR_MS) * HOUR_MS - HOUR_MS,
    );
    for (const row of rows.toArray()) this.unprojected.add(this.counter(row.hour, row.severity, row.tool));
  }

  prune(now: number): void {
    for (const [key, c] of this.live) {
      if (c.hour < now - 2 * HOUR_MS && !this.unwritten.has(c) && !this.unprojected.has(c))
        this.live.delete(key);
    }
  }
}
