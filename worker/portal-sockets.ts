import type { Whose } from "../durable-objects/listener.ts";
import { companyStub } from "./company-stub.ts";
import type { Env } from "./env.ts";
import { describeError, log } from "./log.ts";

const OF_SESSIONS = `SELECT DISTINCT uc.company_id AS id FROM json_each(?1) j
JOIN sessions s ON s.id = j.value JOIN user_companies uc ON uc.user_id = s.user_id`;
const OF_USER = "SELECT company_id AS id FROM user_companies WHERE user_id = ?1";

/**
 * Closes a person's portal sockets: those of sessions that ended, or all where their rights changed. They hang on
 * the companies they are scoped to; `before` are those they were scoped to until now. Never throws.
 */
export async function closePortalSockets(
  env: Env,
  whose: Whose,
  before: readonly string[] = [],
): Promise<void> {
  try {
    const [sql, asked] =
      "user_id" in whose ? [OF_USER, whose.user_id] : [OF_SESSIONS, JSON.stringify(whose.session_ids)];
    const { results } = await env.DB.prepare(sql).bind(asked).all<{ id: string }>();
    const ids = new Set([...before, ...results.map((row) => row.id)]);
    await Promise.all([...ids].map((id) => companyStub(env, id).closeListeners(whose)));
  } catch (error) {
    // A socket that outlives its session is refused when it comes back, and ends with the session's time.
    log("close_portal_sockets_failed", { error: describeError(error) });
  }
}
