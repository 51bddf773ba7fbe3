import { eq } from "drizzle-orm";
import { fail, ok } from "../../../core/errors.ts";
import { confirmCodeSchema, recoveryCodesSchema } from "../../../core/sign-in.ts";
import { forgetSession } from "../../auth/authenticate.ts";
import { guarded, userOf, WRONG_CODE, wrong } from "../../auth/confirm.ts";
import { endWeakerSessions, markFactor } from "../../auth/enrolment.ts";
import { newRecoveryCodes } from "../../auth/recovery-codes.ts";
import { closeSessions } from "../../auth/revoke.ts";
import { totpStep } from "../../auth/totp.ts";
import { database } from "../../db/database.ts";
import { users } from "../../db/schema.ts";
import { open } from "../../secrets.ts";
import { route as define } from "../route.ts";

/** Its code proves that the app has the secret: from now on it is asked for at sign-in. */
export const route = define({
  method: "POST",
  path: "/api/me/totp/confirm",
  summary: "Put the authenticator app into force",
  access: "own.second_factor",
  audit: ["user.totp_enabled"],
  body: confirmCodeSchema,
  success: { status: 200, description: "in force; ten codes for a lost device", schema: recoveryCodesSchema },
  errors: ["conflict", "too_many_failures"],
  async handler({ env, request, session, body, now, audit }) {
    const user = await userOf(env, session);
    const pending = user.totp_pending;
    if (pending === null)
      return fail("conflict", "There is nothing to confirm. Begin to set up the app first.");
    const checked = await guarded(env, user.id, now, async () => {
      const step = totpStep(await open(env, user.msp_id, pending), body.code, now);
      return step === null ? wrong("code", WRONG_CODE) : ok(step);
    });
    if (!checked.ok) return checked;
    const recovery = newRecoveryCodes(env, user.id);
    const db = database(env);
    const [, ended] = await db.batch([
      db
        .update(users)
        .set({
          totp_secret: pending,
          totp_pending: null,
          totp_enabled_at: now,
          totp_last_step: checked.value,
        })
        .where(eq(users.id, user.id)),
      endWeakerSessions(env, session, now),
      ...recovery.statements,
      markFactor(env, session, "totp", now),
      audit({
        action: "user.totp_enabled",
        company_id: null,
        target: { type: "user", id: user.id, name: user.name },
        before: { enabled: user.totp_enabled_at !== null },
        after: { enabled: true },
      }),
    ]);
    forgetSession(session.session_id, request);
    await closeSessions(env, user.msp_id, ended, request);
    return ok({ recovery_codes: recovery.codes });
  },
});
