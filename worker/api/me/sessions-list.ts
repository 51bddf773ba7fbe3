import { and, desc, eq, gt, isNull } from "drizzle-orm";
import { ok } from "../../../core/errors.ts";
import { sessionSchema, wholeList } from "../../../core/sign-in.ts";
import { idleEnd } from "../../auth/session.ts";
import { database } from "../../db/database.ts";
import { msps, sessions } from "../../db/schema.ts";
import { route as define } from "../route.ts";

const iso = (at: number) => new Date(at).toISOString();

/** Those that are still good; `current` is the one that asks. */
export const route = define({
  method: "GET",
  path: "/api/me/sessions",
  summary: "Where one is signed in",
  access: "own.sessions",
  success: { status: 200, description: "last used first", schema: wholeList(sessionSchema) },
  async handler({ env, session, now }) {
    const { user_id, msp_id } = session.actor;
    const rows = await database(env)
      .select({ session: sessions, idle_timeout_minutes: msps.idle_timeout_minutes })
      .from(sessions)
      .innerJoin(msps, eq(msps.id, sessions.msp_id))
      .where(
        and(
          eq(sessions.user_id, user_id),
          eq(sessions.msp_id, msp_id),
          isNull(sessions.revoked_at),
          gt(sessions.expires_at, now),
        ),
      )
      .orderBy(desc(sessions.last_seen_at), desc(sessions.created_at));
    const items = rows.flatMap(({ session: row, idle_timeout_minutes }) => {
      const seen = row.last_seen_at ?? row.created_at;
      const end = idleEnd(seen, idle_timeout_minutes);
      if (end !== null && end <= now) return [];
      return [
        {
          id: row.id,
          created_at: iso(row.created_at),
          last_seen_at: iso(seen),
          expires_at: iso(row.expires_at),
          ip: row.ip,
          user_agent: row.user_agent,
          current: row.id === session.session_id,
        },
      ];
    });
    return ok({ items, next_cursor: null });
  },
});
