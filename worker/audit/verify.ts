import { createHash } from "node:crypto";
import type { Actor } from "../../core/actor.ts";
import { type ChainHead, EMPTY_CHAIN, entryFault, type StoredEntry } from "../../core/audit-chain.ts";
import type { AuditVerdict } from "../../core/audit-log.ts";
import { ok, type Result } from "../../core/errors.ts";
import { hubStub } from "../company-stub.ts";
import type { Env } from "../env.ts";
import type { AuditRow } from "./select.ts";

const PAGE = 500;
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

const WALK = "SELECT * FROM audit_entries WHERE msp_id = ?1 AND seq > ?2 AND seq <= ?3 ORDER BY seq LIMIT ?4";
const NEWEST = "SELECT MAX(seq) AS seq FROM audit_entries WHERE msp_id = ?1";

function storedEntry(row: AuditRow): StoredEntry {
  const { id, at, payload, payload_hash, prev_hash, hash } = row;
  const { msp_id, company_id, action, actor_id, actor_name, target_type, target_id } = row;
  const columns = { msp_id, company_id, action, actor_id, actor_name, target_type, target_id };
  return { id, at, seq: row.seq ?? 0, payload, payload_hash, prev_hash, hash, columns };
}

/** Walks the whole chain from its first link and holds it against the head that the hub keeps by itself. */
export async function verifyAudit(env: Env, actor: Actor): Promise<Result<AuditVerdict>> {
  const hub = hubStub(env, actor.msp_id);
  await hub.chainAudit(actor.msp_id);
  // Before the head is asked for: what the hub numbers meanwhile is in neither.
  const newest = await env.DB.prepare(NEWEST).bind(actor.msp_id).first<{ seq: number | null }>();
  const asked = await hub.auditHead(actor);
  if (!asked.ok) return asked;
  const head = asked.value;
  let at: ChainHead = EMPTY_CHAIN;
  let erased = 0;
  const verdict = (reason?: string): Result<AuditVerdict> => {
    const found = { ok: reason === undefined, entries: at.seq, erased, head };
    return ok(reason === undefined ? found : { ...found, broken: { seq: at.seq + 1, reason } });
  };
  while (at.seq < head.seq) {
    const { results } = await env.DB.prepare(WALK)
      .bind(actor.msp_id, at.seq, head.seq, PAGE)
      .all<AuditRow & Record<string, unknown>>();
    if (results.length === 0) return verdict("The log ends here, but the hub has numbered more entries.");
    for (const row of results) {
      const fault = entryFault(at, storedEntry(row), sha256);
      if (fault) return verdict(fault);
      if (row.payload === null) erased += 1;
      at = { seq: row.seq ?? 0, hash: row.hash ?? "" };
    }
  }
  if (at.hash !== head.hash) {
    at = { seq: at.seq - 1, hash: "" };
    return verdict("The last entry is not the one that the hub has numbered.");
  }
  if ((newest?.seq ?? 0) > head.seq) return verdict("There is an entry that the hub has not numbered.");
  return verdict();
}
