import { eq } from "drizzle-orm";
import { changePasswordSchema, passwordProblem } from "../../../core/account.ts";
import { fail, ok } from "../../../core/errors.ts";
import { checkPassword, guarded, userOf } from "../../auth/confirm.ts";
import { hashPassword } from "../../auth/password.ts";
import { closeSessions, endSessions } from "../../auth/revoke.ts";
import { database } from "../../db/database.ts";
import { users } from "../../db/schema.ts";
import { route as define } from "../route.ts";

/** Whoever else was signed in with the old one is out. */
export const route = define({
  method: "POST",
  path: "/api/me/password",
  summary: "Change one's own password",
  access: "own.password",
  audit: ["user.password_changed"],
  body: changePasswordSchema,
  success: { status: 204, description: "changed; all other sessions have ended" },
  errors: ["too_many_failures"],
  async handler({ env, request, session, body, now, audit }) {
    const user = await userOf(env, session);
    const problem = passwordProblem(body.password, [
      user.name,
      session.msp_name,
      user.email.split("@")[0] ?? "",
    ]);
    if (problem)
      return fail("validation_failed", "Choose another password.", { fields: { password: problem } });
    const checked = await guarded(env, user.id, now, async () =>
      checkPassword(user, body.current, "current"),
    );
    if (!checked.ok) return checked;
    const db = database(env);
    const whose = { user_id: user.id, msp_id: user.msp_id, except: session.session_id };
    const [, ended] = await db.batch([
      db
        .update(users)
        .set({ password_hash: hashPassword(body.password) })
        .where(eq(users.id, user.id)),
      endSessions(env, whose, now),
      audit({
        action: "user.password_changed",
        company_id: null,
        target: { type: "user", id: user.id, name: user.name },
      }),
    ]);
    await closeSessions(env, user.msp_id, ended, request);
    return ok(null);
  },
});
