import { ok } from "../../../core/errors.ts";
import { closeSessions, endSession } from "../../auth/revoke.ts";
import { clearedCookie } from "../../auth/token.ts";
import { database } from "../../db/database.ts";
import { route as define } from "../route.ts";

/** Ends the session everywhere: its row, this isolate's memory of it, and its open sockets. */
export const route = define({
  method: "POST",
  path: "/api/auth/logout",
  summary: "Sign out",
  access: "own.sign_out",
  audit: ["session.revoked"],
  success: { status: 204, description: "signed out" },
  async handler({ env, request, session, now, audit, setHeader }) {
    const { actor, session_id } = session;
    const [ended] = await database(env).batch([
      endSession(env, actor, session_id, now),
      audit({ action: "session.revoked", company_id: null, target: { type: "session", id: session_id } }),
    ]);
    await closeSessions(env, actor.msp_id, ended, request);
    setHeader("Set-Cookie", clearedCookie(request));
    return ok(null);
  },
});
