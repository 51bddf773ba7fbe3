import { createHash } from "node:crypto";
import type { Actor } from "../../core/actor.ts";
import { type AuditEntry, type AuditNote, auditEntry } from "../../core/audit.ts";
import { database } from "../db/database.ts";
import { auditEntries } from "../db/schema.ts";
import type { Env } from "../env.ts";
import { newId } from "../new-id.ts";

/** A row of the log, its number and link still to come. The hash stays when the payload is erased. */
export function auditRow(entry: AuditEntry): typeof auditEntries.$inferInsert {
  const payload = JSON.stringify(entry);
  return {
    id: entry.id,
    msp_id: entry.msp_id,
    company_id: entry.company_id,
    at: entry.at,
    action: entry.action,
    actor_id: entry.actor.id,
    actor_name: entry.actor.name,
    target_type: entry.target.type,
    target_id: entry.target.id,
    payload,
    payload_hash: createHash("sha256").update(payload).digest("hex"),
  };
}

/** To be run in one batch with the change it notes. */
export function auditInsert(env: Env, by: Actor, note: AuditNote, now: number) {
  return database(env)
    .insert(auditEntries)
    .values(auditRow(auditEntry(newId("au"), by, note, now)));
}

const INSERT = `INSERT INTO audit_entries
  (id, msp_id, company_id, at, action, actor_id, actor_name, target_type, target_id, payload, payload_hash)
SELECT value ->> 'id', value ->> 'msp_id', value ->> 'company_id', value ->> 'at', value ->> 'action',
  value ->> 'actor_id', value ->> 'actor_name', value ->> 'target_type', value ->> 'target_id',
  value ->> 'payload', value ->> 'payload_hash'
FROM json_each(?1) WHERE true ON CONFLICT (id) DO NOTHING`;

/** Entries for a batch of prepared statements; one that is there already stays as it is. */
export function recordAuditStatement(db: D1Database, entries: AuditEntry[]): D1PreparedStatement {
  return db.prepare(INSERT).bind(JSON.stringify(entries.map(auditRow)));
}

/** What an object noted; an entry that is there already stays as it is. All of them are of one MSP. */
export async function recordAudit(db: D1Database, mspId: string, entries: AuditEntry[]): Promise<void> {
  if (entries.some((entry) => entry.msp_id !== mspId)) throw new Error("an entry of another MSP");
  await recordAuditStatement(db, entries).run();
}
