import { ok } from "../../../core/errors.ts";
import { passkeyOptionsSchema } from "../../../core/sign-in.ts";
import { mayAddPasskey } from "../../auth/enrolment.ts";
import { registrationOptions } from "../../auth/passkey.ts";
import { route as define } from "../route.ts";

export const route = define({
  method: "POST",
  path: "/api/me/passkeys/options",
  summary: "What a browser needs to make a passkey",
  access: "own.second_factor",
  audit: { none: "a question alone changes nothing" },
  success: { status: 200, description: "for navigator.credentials.create", schema: passkeyOptionsSchema },
  errors: ["step_up_required"],
  async handler({ env, session, origin, now }) {
    const allowed = await mayAddPasskey(env, session, now);
    if (!allowed.ok) return allowed;
    return ok(await registrationOptions(env, session, origin, now));
  },
});
