import type { AuditEntry } from "../../core/audit.ts";
import type { AuditItem } from "../../core/audit-log.ts";
import type { AuditRow } from "./select.ts";

/** An entry as the API shows it; of an erased one, what its row still says. */
export function auditItem(row: AuditRow): AuditItem {
  const { id, seq, hash, action, company_id } = row;
  const head = { id, seq, hash, at: new Date(row.at).toISOString(), action, company_id };
  if (row.payload === null) {
    return {
      ...head,
      actor: { type: "user", id: row.actor_id, name: row.actor_name },
      from: { ip: null },
      target: { type: row.target_type, id: row.target_id },
      before: null,
      after: null,
      erased: true,
    };
  }
  const { actor, from, target, before = null, after = null } = JSON.parse(row.payload) as AuditEntry;
  return { ...head, actor, from, target, before, after, erased: false };
}
