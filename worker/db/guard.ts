import { type SQL, sql } from "drizzle-orm";
import type { Env } from "../env.ts";
import { database } from "./database.ts";

const MARK = "malformed JSON";

/**
 * A statement of a batch that fails, and with it the whole batch, unless `condition` holds then: what the
 * change rests on cannot have gone meanwhile.
 */
export function guard(env: Env, condition: SQL) {
  // A select: drizzle hands no parameters of a raw statement to a batch.
  return database(env)
    .select({ holds: sql`json(CASE WHEN ${condition} THEN '1' ELSE 'no' END)` })
    .from(sql`(SELECT 1)`);
}

/** Whether a batch failed on its guard; nothing of it was written then. */
export function isGuardFailure(error: unknown): boolean {
  for (let at = error, depth = 0; at instanceof Error && depth < 4; at = at.cause, depth++)
    if (at.message.includes(MARK)) return true;
  return false;
}
