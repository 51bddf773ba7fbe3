import type { Actor } from "../core/actor.ts";
import { type AuditEntry, type AuditNote, auditEntry } from "../core/audit.ts";
import { encodeId } from "../core/ids.ts";

/** What was changed here and by whom, written with the change and kept until the MSP's log has it. */
export class AuditOutbox {
  private sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.sql = sql;
  }

  /** To be called inside the transaction of the change itself. */
  note(actor: Actor, note: AuditNote, now: number): void {
    const id = `au_${encodeId(crypto.getRandomValues(new Uint8Array(10)))}`;
    const entry = auditEntry(id, actor, note, now);
    this.sql.exec("INSERT INTO audit_outbox (id, data) VALUES (?, ?)", id, JSON.stringify(entry));
  }

  get idle(): boolean {
    return this.sql.exec("SELECT 1 FROM audit_outbox LIMIT 1").toArray().length === 0;
  }

  /** The oldest entries that the log may not have yet. */
  pending(limit: number): AuditEntry[] {
    return this.sql
      .exec<{ data: string }>("SELECT data FROM audit_outbox ORDER BY seq LIMIT ?", limit)
      .toArray()
      .map((row) => JSON.parse(row.data) as AuditEntry);
  }

  /** The log has these. */
  drop(ids: string[]): void {
    this.sql.exec(
      "DELETE FROM audit_outbox WHERE id IN (SELECT value FROM json_each(?))",
      JSON.stringify(ids),
    );
  }
}
