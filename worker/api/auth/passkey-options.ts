import { ok } from "../../../core/errors.ts";
import { passkeyOptionsSchema } from "../../../core/sign-in.ts";
import { limitAttempts } from "../../auth/attempt-limit.ts";
import { assertionOptions } from "../../auth/passkey.ts";
import { route as define } from "../route.ts";

/** Says nothing about anybody: the browser offers whichever passkeys it has for this host. */
export const route = define({
  method: "POST",
  path: "/api/auth/passkey/options",
  summary: "What a passkey is asked to sign, to sign in without a password",
  access: "public",
  audit: { none: "a question alone changes nothing" },
  success: { status: 200, description: "for navigator.credentials.get", schema: passkeyOptionsSchema },
  errors: ["too_many_failures"],
  async handler({ env, request, origin, now }) {
    const limited = await limitAttempts(env, request);
    if (!limited.ok) return limited;
    return ok(await assertionOptions(env, { purpose: "sign_in", user_id: null }, origin, now));
  },
});
