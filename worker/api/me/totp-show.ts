import { ok } from "../../../core/errors.ts";
import { totpStatusSchema } from "../../../core/sign-in.ts";
import { userOf } from "../../auth/confirm.ts";
import { recoveryCodesLeft } from "../../auth/recovery-codes.ts";
import { route as define } from "../route.ts";

export const route = define({
  method: "GET",
  path: "/api/me/totp",
  summary: "Whether an authenticator app is set up",
  access: "own.second_factor",
  success: { status: 200, description: "its state", schema: totpStatusSchema },
  async handler({ env, session }) {
    const { id, totp_enabled_at } = await userOf(env, session);
    return ok({
      enabled: totp_enabled_at !== null,
      enabled_at: totp_enabled_at === null ? null : new Date(totp_enabled_at).toISOString(),
      recovery_codes_left: await recoveryCodesLeft(env, id),
    });
  },
});
