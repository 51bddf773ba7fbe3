import { and, eq } from "drizzle-orm";
import { fail, ok } from "../../../core/errors.ts";
import { forgetSession } from "../../auth/authenticate.ts";
import { factorRequired } from "../../auth/enrolment.ts";
import { dropRecoveryCodes } from "../../auth/recovery-codes.ts";
import { passkeyCount } from "../../auth/second-factor.ts";
import { requireStepUp } from "../../auth/step-up.ts";
import { notFound } from "../../company-stub.ts";
import { database } from "../../db/database.ts";
import { passkeys } from "../../db/schema.ts";
import { route as define, idParams } from "../route.ts";

/** The last second factor goes only with a step-up, and not at all where the role requires one. */
export const route = define({
  method: "DELETE",
  path: "/api/me/passkeys/{id}",
  summary: "Remove a passkey",
  access: "own.second_factor",
  audit: ["user.passkey_removed"],
  params: idParams,
  success: { status: 204, description: "removed" },
  errors: ["conflict", "step_up_required"],
  async handler({ env, request, session, params, now, audit }) {
    const { user_id } = session.actor;
    const db = database(env);
    const own = and(eq(passkeys.id, params.id), eq(passkeys.user_id, user_id));
    const row = await db.select({ id: passkeys.id, name: passkeys.name }).from(passkeys).where(own).get();
    if (!row) return notFound();
    const last = !session.totp_enabled && (await passkeyCount(env, user_id)) === 1;
    if (last) {
      if (factorRequired(env, session))
        return fail(
          "conflict",
          "Your role requires a second factor. Set up an authenticator app or another passkey first.",
        );
      const allowed = requireStepUp(session, now);
      if (!allowed.ok) return allowed;
    }
    await db.batch([
      db.delete(passkeys).where(own),
      ...(last ? [dropRecoveryCodes(env, user_id)] : []),
      audit({
        action: "user.passkey_removed",
        company_id: null,
        target: { type: "passkey", id: row.id, name: row.name },
      }),
    ]);
    forgetSession(session.session_id, request);
    return ok(null);
  },
});
