import * as z from "zod";
import { ok } from "../../../core/errors.ts";
import { closeSessions, endSessions } from "../../auth/revoke.ts";
import { database } from "../../db/database.ts";
import { route as define } from "../route.ts";

export const route = define({
  method: "DELETE",
  path: "/api/me/sessions",
  summary: "End all of one's own sessions but this one",
  access: "own.sessions",
  audit: ["session.others_revoked"],
  success: {
    status: 200,
    description: "how many there were",
    schema: z.object({ ended: z.number().int() }),
  },
  async handler({ env, request, session, now, audit }) {
    const { actor, session_id } = session;
    const whose = { user_id: actor.user_id, msp_id: actor.msp_id, except: session_id };
    const [ended] = await database(env).batch([
      endSessions(env, whose, now),
      audit({
        action: "session.others_revoked",
        company_id: null,
        target: { type: "user", id: actor.user_id, name: actor.name },
      }),
    ]);
    await closeSessions(env, actor.msp_id, ended, request);
    return ok({ ended: ended.length });
  },
});
