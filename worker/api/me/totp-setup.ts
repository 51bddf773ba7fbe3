import { eq } from "drizzle-orm";
import { renderSVG } from "uqr";
import { ok } from "../../../core/errors.ts";
import { totpSetupSchema } from "../../../core/sign-in.ts";
import { requireStepUp } from "../../auth/step-up.ts";
import { newTotpSecret, totpUrl } from "../../auth/totp.ts";
import { database } from "../../db/database.ts";
import { users } from "../../db/schema.ts";
import { seal } from "../../secrets.ts";
import { route as define } from "../route.ts";

/** A new secret. The one in force, if any, stays until a code of the new one is given. */
export const route = define({
  method: "POST",
  path: "/api/me/totp",
  summary: "Begin to set up an authenticator app",
  access: "own.second_factor",
  audit: { none: "nothing is in force before a code confirms it" },
  success: { status: 200, description: "for the app to scan", schema: totpSetupSchema },
  errors: ["step_up_required"],
  async handler({ env, session, now }) {
    if (session.totp_enabled) {
      const allowed = requireStepUp(session, now);
      if (!allowed.ok) return allowed;
    }
    const secret = newTotpSecret();
    const { user_id, msp_id } = session.actor;
    await database(env)
      .update(users)
      .set({ totp_pending: await seal(env, msp_id, secret) })
      .where(eq(users.id, user_id));
    const otpauth_url = totpUrl(secret, session.email);
    return ok({ secret, otpauth_url, qr_svg: renderSVG(otpauth_url, { border: 2 }) });
  },
});
