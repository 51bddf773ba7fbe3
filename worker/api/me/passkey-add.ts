import { fail, ok } from "../../../core/errors.ts";
import { passkeyAddedSchema, registerPasskeySchema } from "../../../core/sign-in.ts";
import { forgetSession } from "../../auth/authenticate.ts";
import { endWeakerSessions, markFactor, mayAddPasskey } from "../../auth/enrolment.ts";
import { newPasskey } from "../../auth/passkey.ts";
import { newRecoveryCodes, recoveryCodesLeft } from "../../auth/recovery-codes.ts";
import { closeSessions } from "../../auth/revoke.ts";
import { database, isUniqueViolation } from "../../db/database.ts";
import { passkeys } from "../../db/schema.ts";
import { route as define } from "../route.ts";
import { passkeyItem } from "./passkey-item.ts";

/** The first one comes with recovery codes, where there are none: a lost key must not lock anybody out. */
export const route = define({
  method: "POST",
  path: "/api/me/passkeys",
  summary: "Add a passkey",
  access: "own.second_factor",
  audit: ["user.passkey_added"],
  body: registerPasskeySchema,
  success: { status: 201, description: "added", schema: passkeyAddedSchema },
  errors: ["conflict", "step_up_required"],
  async handler({ env, request, session, body, origin, now, audit }) {
    const allowed = await mayAddPasskey(env, session, now);
    if (!allowed.ok) return allowed;
    const made = await newPasskey(env, session, origin, body, now);
    if (!made.ok) return made;
    const row = made.value;
    const db = database(env);
    const recovery =
      (await recoveryCodesLeft(env, row.user_id)) === 0 ? newRecoveryCodes(env, row.user_id) : null;
    try {
      const [, ended] = await db.batch([
        db.insert(passkeys).values(row),
        endWeakerSessions(env, session, now),
        ...(recovery?.statements ?? []),
        markFactor(env, session, "passkey", now),
        audit({
          action: "user.passkey_added",
          company_id: null,
          target: { type: "passkey", id: row.id, name: row.name },
        }),
      ]);
      forgetSession(session.session_id, request);
      await closeSessions(env, row.msp_id, ended, request);
    } catch (error) {
      if (isUniqueViolation(error)) return fail("conflict", "This passkey is in use here already.");
      throw error;
    }
    return ok({ ...passkeyItem(row), ...(recovery && { recovery_codes: recovery.codes }) });
  },
});
