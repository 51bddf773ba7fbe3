import { ok } from "../../../core/errors.ts";
import { forgetSession } from "../../auth/authenticate.ts";
import { revokeSession } from "../../auth/session.ts";
import { clearedCookie } from "../../auth/token.ts";
import { hubStub } from "../../company-stub.ts";
import { describeError, log } from "../../log.ts";
import { route as define } from "../route.ts";

/** Ends the session everywhere: its row, this isolate's memory of it, and its open sockets. */
export const route = define({
  method: "POST",
  path: "/api/auth/logout",
  summary: "Sign out",
  access: "own.sign_out",
  success: { status: 204, description: "signed out" },
  async handler({ env, request, session, now, setHeader }) {
    await revokeSession(env, session.session_id, now);
    forgetSession(session.session_id, request);
    try {
      await hubStub(env, session.actor.msp_id).closeSession(session.session_id);
    } catch (error) {
      // The row is revoked: a socket that outlives it is refused at its next check.
      log("close_session_failed", { error: describeError(error) });
    }
    setHeader("Set-Cookie", clearedCookie(request));
    return ok(null);
  },
});
