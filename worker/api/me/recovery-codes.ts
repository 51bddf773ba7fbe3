import { fail, ok } from "../../../core/errors.ts";
import { newRecoveryCodesSchema, recoveryCodesSchema } from "../../../core/sign-in.ts";
import { checkCode, guarded, userOf, wrong } from "../../auth/confirm.ts";
import { newRecoveryCodes } from "../../auth/recovery-codes.ts";
import { secondFactors } from "../../auth/second-factor.ts";
import { requireStepUp } from "../../auth/step-up.ts";
import { database } from "../../db/database.ts";
import { route as define } from "../route.ts";

/** With an app it takes a code of it; with passkeys alone, a step-up. */
export const route = define({
  method: "POST",
  path: "/api/me/totp/recovery-codes",
  summary: "Make new recovery codes in place of the old ones",
  access: "own.second_factor",
  audit: ["user.recovery_codes_replaced"],
  body: newRecoveryCodesSchema,
  success: { status: 200, description: "ten codes, shown once", schema: recoveryCodesSchema },
  errors: ["conflict", "step_up_required", "too_many_failures"],
  async handler({ env, session, body, now, audit }) {
    const user = await userOf(env, session);
    const { code } = body;
    if ((await secondFactors(env, user)).length === 0)
      return fail("conflict", "There is no second factor yet that they could stand in for.");
    if (code !== undefined) {
      const checked = await guarded(env, user.id, now, () => checkCode(env, user, code, now));
      if (!checked.ok) return checked;
    } else {
      if (session.totp_enabled) return wrong("code", "give a code of your authenticator app");
      const allowed = requireStepUp(session, now);
      if (!allowed.ok) return allowed;
    }
    const recovery = newRecoveryCodes(env, user.id);
    await database(env).batch([
      ...recovery.statements,
      audit({
        action: "user.recovery_codes_replaced",
        company_id: null,
        target: { type: "user", id: user.id, name: user.name },
      }),
    ]);
    return ok({ recovery_codes: recovery.codes });
  },
});
