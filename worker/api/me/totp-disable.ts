import { eq } from "drizzle-orm";
import { fail, ok } from "../../../core/errors.ts";
import { disableTotpSchema } from "../../../core/sign-in.ts";
import { forgetSession } from "../../auth/authenticate.ts";
import { checkCode, checkPassword, guarded, userOf } from "../../auth/confirm.ts";
import { factorRequired } from "../../auth/enrolment.ts";
import { dropRecoveryCodes } from "../../auth/recovery-codes.ts";
import { passkeyCount } from "../../auth/second-factor.ts";
import { database } from "../../db/database.ts";
import { users } from "../../db/schema.ts";
import { route as define } from "../route.ts";

export const route = define({
  method: "DELETE",
  path: "/api/me/totp",
  summary: "Remove the authenticator app",
  access: "own.second_factor",
  audit: ["user.totp_disabled"],
  body: disableTotpSchema,
  success: { status: 204, description: "removed" },
  errors: ["conflict", "too_many_failures"],
  async handler({ env, request, session, body, now, audit }) {
    const user = await userOf(env, session);
    if (user.totp_enabled_at === null) return fail("conflict", "No authenticator app is set up.");
    const passkeys = await passkeyCount(env, user.id);
    if (passkeys === 0 && factorRequired(env, session))
      return fail("conflict", "Your role requires a second factor. Add a passkey before you remove the app.");
    const checked = await guarded(env, user.id, now, async () => {
      const password = checkPassword(user, body.password);
      return password.ok ? await checkCode(env, user, body.code, now) : password;
    });
    if (!checked.ok) return checked;
    const db = database(env);
    await db.batch([
      db
        .update(users)
        .set({ totp_secret: null, totp_pending: null, totp_enabled_at: null })
        .where(eq(users.id, user.id)),
      ...(passkeys === 0 ? [dropRecoveryCodes(env, user.id)] : []),
      audit({
        action: "user.totp_disabled",
        company_id: null,
        target: { type: "user", id: user.id, name: user.name },
        before: { enabled: true },
        after: { enabled: false },
      }),
    ]);
    forgetSession(session.session_id, request);
    return ok(null);
  },
});
