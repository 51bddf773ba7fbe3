import type { Pruning } from "../../durable-objects/upkeep-rpc.ts";

// Plus: find them by id alone. One that was reopened meanwhile has a higher version and stays.
const INCIDENTS = `DELETE FROM incidents WHERE id IN (SELECT value ->> 'id' FROM json_each(?1))
  AND +company_id = ?2 AND +msp_id = ?3
  AND version <= (SELECT value ->> 'version' FROM json_each(?1) WHERE value ->> 'id' = incidents.id)`;
const COUNTERS = "DELETE FROM counters WHERE company_id = ?1 AND hour < ?2 AND msp_id = ?3";

/** Takes rows out of the lists, the search with them; again is harmless. Throws when the database is away. */
export async function prune(db: D1Database, what: Pruning): Promise<void> {
  const { msp_id, company_id, incidents, counters_before } = what;
  const statements: D1PreparedStatement[] = [];
  if (incidents.length > 0)
    statements.push(db.prepare(INCIDENTS).bind(JSON.stringify(incidents), company_id, msp_id));
  if (counters_before !== null)
    statements.push(db.prepare(COUNTERS).bind(company_id, counters_before, msp_id));
  if (statements.length > 0) await db.batch(statements);
}
