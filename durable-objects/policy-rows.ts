import type { Correction } from "../core/policy/correction.ts";
import type { MaintenanceWindow } from "../core/policy/maintenance.ts";
import type { Rule } from "../core/policy/rule.ts";
import type { Silence } from "../core/policy/silence.ts";

export interface PolicyKinds {
  rule: Rule;
  msp_rule: Rule;
  silence: Silence;
  window: MaintenanceWindow;
  correction: Correction;
}
export type PolicyKind = keyof PolicyKinds;

/** How a rule has fared. Epoch ms. */
export interface Fared {
  matched: number;
  last_matched_at: number | null;
  ungrouped: number;
  errors: number;
  last_error_at: number | null;
  last_error: string | null;
}

/** What a silence, an occurrence of a window or a changed rule held; looked through in slices. Epoch ms. */
export interface Held {
  source: string;
  name: string;
  started_at: number;
  ended_at: number;
  how: "ended" | "ended_early" | "changed";
  done: boolean;
  /** Alerts up to this seq are looked at. */
  cursor: number;
  held: number;
  recovered: number;
  expired: number;
  firing: number;
  still_held: number;
  /** Seqs, at most 50. */
  incidents: number[];
}

interface Row extends Record<string, SqlStorageValue> {
  id: string;
  data: string;
}

const HELD_KEPT = 200;

/** The rows of a company's noise policy. Nothing is cached here. */
export class PolicyRows {
  private sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.sql = sql;
  }

  all<K extends PolicyKind>(kind: K): PolicyKinds[K][] {
    return this.sql
      .exec<Row>("SELECT id, data FROM policy WHERE kind = ? ORDER BY position, id", kind)
      .toArray()
      .map((row) => JSON.parse(row.data) as PolicyKinds[K]);
  }

  put<K extends PolicyKind>(kind: K, thing: PolicyKinds[K], position = 0): void {
    this.sql.exec(
      `INSERT INTO policy VALUES (?1, ?2, ?3, ?4)
       ON CONFLICT DO UPDATE SET position = excluded.position, data = excluded.data`,
      kind,
      thing.id,
      position,
      JSON.stringify(thing),
    );
  }

  /** Rows of a kind exactly as listed, in this order. */
  replace<K extends PolicyKind>(kind: K, things: PolicyKinds[K][]): void {
    this.sql.exec("DELETE FROM policy WHERE kind = ?", kind);
    for (const [i, thing] of things.entries()) this.put(kind, thing, i);
  }

  drop(kind: PolicyKind, id: string): void {
    this.sql.exec("DELETE FROM policy WHERE kind = ? AND id = ?", kind, id);
    this.sql.exec("DELETE FROM policy_fared WHERE id = ?", id);
  }

  fared(): Map<string, Fared> {
    const rows = this.sql.exec<Row>("SELECT id, data FROM policy_fared").toArray();
    return new Map(rows.map((row) => [row.id, JSON.parse(row.data) as Fared]));
  }

  putFared(id: string, fared: Fared): void {
    this.sql.exec(
      "INSERT INTO policy_fared VALUES (?1, ?2) ON CONFLICT DO UPDATE SET data = ?2",
      id,
      JSON.stringify(fared),
    );
  }

  addHeld(held: Held): void {
    this.sql.exec("INSERT INTO policy_held (done, data) VALUES (0, ?)", JSON.stringify(held));
  }

  putHeld(seq: number, held: Held): void {
    this.sql.exec(
      "UPDATE policy_held SET done = ?2, data = ?3 WHERE seq = ?1",
      seq,
      held.done ? 1 : 0,
      JSON.stringify(held),
    );
    if (held.done)
      this.sql.exec(
        `DELETE FROM policy_held WHERE done = 1 AND seq <= (SELECT MAX(seq) FROM policy_held) - ${HELD_KEPT}`,
      );
  }

  dropHeld(seq: number): void {
    this.sql.exec("DELETE FROM policy_held WHERE seq = ?", seq);
  }

  /** The oldest that is not looked through. */
  nextHeld(): { seq: number; held: Held } | null {
    const row = this.sql
      .exec<{ seq: number; data: string }>(
        "SELECT seq, data FROM policy_held WHERE done = 0 ORDER BY seq LIMIT 1",
      )
      .toArray()[0];
    return row ? { seq: row.seq, held: JSON.parse(row.data) as Held } : null;
  }

  /** Newest first. */
  history(max: number): { seq: number; held: Held }[] {
    return this.sql
      .exec<{ seq: number; data: string }>("SELECT seq, data FROM policy_held ORDER BY seq DESC LIMIT ?", max)
      .toArray()
      .map((row) => ({ seq: row.seq, held: JSON.parse(row.data) as Held }));
  }

  /** When the oldest alert came that another source handed over to this one; null: none was. */
  reach(source: string): number | null {
    const [row] = this.sql
      .exec<{ since: number }>("SELECT since FROM policy_reach WHERE source = ?", source)
      .toArray();
    return row?.since ?? null;
  }

  reachBack(source: string, since: number): void {
    this.sql.exec(
      "INSERT INTO policy_reach VALUES (?1, ?2) ON CONFLICT DO UPDATE SET since = min(since, ?2)",
      source,
      since,
    );
  }

  dropReach(source: string): void {
    this.sql.exec("DELETE FROM policy_reach WHERE source = ?", source);
  }
}
