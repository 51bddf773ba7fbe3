import type { Link, Unlinked } from "../../core/audit-chain.ts";
import { hubStub } from "../company-stub.ts";
import type { Env } from "../env.ts";
import { describeError, log } from "../log.ts";

const UNLINKED = `SELECT id, at, payload_hash FROM audit_entries
WHERE msp_id = ?1 AND seq IS NULL ORDER BY at, id LIMIT ?2`;

const LINK = `UPDATE audit_entries SET seq = j.value ->> 'seq', prev_hash = j.value ->> 'prev_hash',
  hash = j.value ->> 'hash'
FROM json_each(?1) j WHERE audit_entries.id = j.value ->> 'id' AND +audit_entries.msp_id = ?2
  AND +audit_entries.seq IS NULL`;

/** MSPs a sweep looks after; the next one finds the others. */
const PER_SWEEP = 50;

export async function unlinkedAudit(db: D1Database, mspId: string, limit: number): Promise<Unlinked[]> {
  const { results } = await db.prepare(UNLINKED).bind(mspId, limit).all<Unlinked & Record<string, unknown>>();
  return results;
}

/** Conditionally: an entry that has its number keeps it, so the same call again changes nothing. */
export async function writeLinks(db: D1Database, mspId: string, links: Link[]): Promise<void> {
  await db.prepare(LINK).bind(JSON.stringify(links), mspId).run();
}

/** Has the hubs link what was just noted. Never throws: what is left over, the sweep finds. */
export async function chainNoted(env: Env, mspIds: Iterable<string>): Promise<void> {
  for (const mspId of mspIds) {
    try {
      await hubStub(env, mspId).chainAudit(mspId);
    } catch (error) {
      log("audit_chain_failed", { error: describeError(error) });
    }
  }
}

/** Entries that no hub was told of, because a process died in between. Answers how many MSPs had some. */
export async function chainLeftovers(env: Env): Promise<number> {
  const { results } = await env.DB.prepare(
    "SELECT DISTINCT msp_id FROM audit_entries WHERE seq IS NULL LIMIT ?1",
  )
    .bind(PER_SWEEP)
    .all<{ msp_id: string }>();
  await chainNoted(
    env,
    results.map((row) => row.msp_id),
  );
  return results.length;
}
