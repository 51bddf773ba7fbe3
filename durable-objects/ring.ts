import type { CompanyEvent, Frame } from "../core/events.ts";

/** Batches kept for listeners that were away; older ones are told to read anew. */
const ROWS_MAX = 1000;
/** Trimmed in steps of this, so that most batches cost one row. */
const TRIM_EVERY = 100;

export interface Numbered {
  seq: number;
  company_id: string;
  event: CompanyEvent;
}

/** Numbered events of one MSP, the newest kept. One row a batch; its key is the number of its last frame. */
export class Ring {
  readonly epoch: string;
  seq: number;
  private rows: number;
  private sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.sql = sql;
    this.seq = sql.exec<{ n: number | null }>("SELECT MAX(seq) AS n FROM ring").one().n ?? 0;
    this.rows = sql.exec<{ n: number }>("SELECT COUNT(*) AS n FROM ring").one().n;
    const epoch = sql
      .exec<{ value: string }>("SELECT value FROM meta WHERE key = 'epoch'")
      .toArray()[0]?.value;
    this.epoch = epoch ?? crypto.randomUUID();
    if (!epoch) sql.exec("INSERT INTO meta VALUES ('epoch', ?)", this.epoch);
  }

  /** With `keep` false their numbers are used up and nothing else is stored: who was away is told to read anew. */
  append(companyId: string, events: CompanyEvent[], keep = true): Numbered[] {
    const numbered = events.map((event, i) => ({ seq: this.seq + 1 + i, company_id: companyId, event }));
    this.seq += events.length;
    const stored = keep ? [companyId, JSON.stringify(events)] : ["", "[]"];
    this.sql.exec("INSERT INTO ring VALUES (?, ?, ?)", this.seq, ...stored);
    this.rows += 1;
    if (this.rows > ROWS_MAX + TRIM_EVERY) this.trim();
    return numbered;
  }

  private trim(): void {
    this.sql.exec(
      "DELETE FROM ring WHERE seq <= (SELECT seq FROM ring ORDER BY seq DESC LIMIT 1 OFFSET ?)",
      ROWS_MAX,
    );
    this.rows = ROWS_MAX;
  }

  /** Empties the rows of a company; their numbers stay used. */
  forget(companyId: string): void {
    this.sql.exec("UPDATE ring SET company_id = '', frames = '[]' WHERE company_id = ?", companyId);
  }

  /** What came after `since`, oldest first; null where some of it is no longer kept. */
  after(since: number): Numbered[] | null {
    if (since > this.seq) return null;
    const rows = this.sql
      .exec<{ seq: number; company_id: string; frames: string }>(
        "SELECT seq, company_id, frames FROM ring WHERE seq > ? ORDER BY seq",
        since,
      )
      .toArray();
    const all = rows.flatMap(unpack);
    const missed = all.filter((n) => n.seq > since);
    // Each number once, or something of it is gone: trimmed, or of a company that was deleted.
    return missed.length === this.seq - since ? missed : null;
  }

  /** Everything kept, oldest first. */
  *all(): Generator<Numbered> {
    const rows = this.sql.exec<{ seq: number; company_id: string; frames: string }>(
      "SELECT * FROM ring ORDER BY seq",
    );
    for (const row of rows) yield* unpack(row);
  }
}

function unpack(row: { seq: number; company_id: string; frames: string }): Numbered[] {
  const events = JSON.parse(row.frames) as CompanyEvent[];
  const first = row.seq - events.length + 1;
  return events.map((event, i) => ({ seq: first + i, company_id: row.company_id, event }));
}

export function frameOf(n: Numbered): Frame {
  return { seq: n.seq, company_id: n.company_id, ...n.event };
}
