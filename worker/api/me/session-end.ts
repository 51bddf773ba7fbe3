import { and, eq, isNull } from "drizzle-orm";
import { ok } from "../../../core/errors.ts";
import { closeSessions, endSession } from "../../auth/revoke.ts";
import { clearedCookie } from "../../auth/token.ts";
import { notFound } from "../../company-stub.ts";
import { database } from "../../db/database.ts";
import { sessions } from "../../db/schema.ts";
import { route as define, idParams } from "../route.ts";

/** Ends one of one's own sessions; with the very one that asks, it signs out. */
export const route = define({
  method: "DELETE",
  path: "/api/me/sessions/{id}",
  summary: "End one of one's own sessions",
  access: "own.sessions",
  audit: ["session.revoked"],
  params: idParams,
  success: { status: 204, description: "ended" },
  async handler({ env, request, session, params, now, audit, setHeader }) {
    const { actor } = session;
    const db = database(env);
    const row = await db
      .select({ id: sessions.id, ip: sessions.ip, user_agent: sessions.user_agent })
      .from(sessions)
      .where(
        and(eq(sessions.id, params.id), eq(sessions.user_id, actor.user_id), isNull(sessions.revoked_at)),
      )
      .get();
    if (!row) return notFound();
    const [ended] = await db.batch([
      endSession(env, actor, row.id, now),
      audit({
        action: "session.revoked",
        company_id: null,
        target: { type: "session", id: row.id },
        before: { ip: row.ip, user_agent: row.user_agent },
      }),
    ]);
    await closeSessions(env, actor.msp_id, ended, request);
    if (row.id === session.session_id) setHeader("Set-Cookie", clearedCookie(request));
    return ok(null);
  },
});
