import { eq } from "drizzle-orm";
import { passwordProblem, signupSchema } from "../../../core/account.ts";
import { fail, ok } from "../../../core/errors.ts";
import { tokenSchema } from "../../../core/people.ts";
import { limitAttempts } from "../../auth/attempt-limit.ts";
import { clearTries, passwordKey } from "../../auth/lockout.ts";
import { hashPassword } from "../../auth/password.ts";
import { deadLink, findLink, linkActor, spendLink } from "../../auth/redeem-link.ts";
import { closeSessions, endSessions } from "../../auth/revoke.ts";
import { database } from "../../db/database.ts";
import { isGuardFailure } from "../../db/guard.ts";
import { loadMsp } from "../../db/msps.ts";
import { users } from "../../db/schema.ts";
import { route as define } from "../route.ts";

/** Ends every session: whoever knew the old password is out. The link also proves the address. */
export const route = define({
  method: "POST",
  path: "/api/auth/reset/confirm",
  summary: "Choose a new password by the mailed token",
  access: "public",
  audit: ["password.reset"],
  body: tokenSchema.extend({ password: signupSchema.shape.password }),
  success: { status: 204, description: "set; sign in with it" },
  errors: ["too_many_failures"],
  async handler({ env, request, body, now, audit }) {
    const limited = await limitAttempts(env, request);
    if (!limited.ok) return limited;
    const found = await findLink(env, "reset", body.token, now);
    if (!found) return deadLink();
    const { link, user } = found;
    const msp = await loadMsp(env, user.msp_id);
    const problem = passwordProblem(body.password, [user.name, msp.name, user.email.split("@")[0] ?? ""]);
    if (problem)
      return fail("validation_failed", "Choose another password.", { fields: { password: problem } });
    const db = database(env);
    try {
      const [, , , ended] = await db.batch([
        ...spendLink(env, link, now),
        db
          .update(users)
          .set({
            password_hash: hashPassword(body.password),
            email_verified_at: user.email_verified_at ?? now,
          })
          .where(eq(users.id, user.id)),
        endSessions(env, { user_id: user.id, msp_id: user.msp_id }, now),
        // Whoever reads the mail is no guesser: what was tried from here before locks nobody out.
        clearTries(env, [passwordKey(env, request, user.email, null)]),
        audit(
          {
            action: "password.reset",
            company_id: null,
            target: { type: "user", id: user.id, name: user.name },
          },
          linkActor(request, user),
        ),
      ]);
      await closeSessions(env, user.msp_id, ended);
    } catch (error) {
      if (isGuardFailure(error)) return deadLink();
      throw error;
    }
    return ok(null);
  },
});
