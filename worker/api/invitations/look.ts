import { ok } from "../../../core/errors.ts";
import { invitationLookSchema, tokenSchema } from "../../../core/people.ts";
import { limitAttempts } from "../../auth/attempt-limit.ts";
import { route as define } from "../route.ts";
import { deadInvitation, openInvitation } from "./by-token.ts";

/** A POST, so that the token stands in no address and no log. */
export const route = define({
  method: "POST",
  path: "/api/invitations/look",
  summary: "What an invitation is for, by its mailed token",
  access: "public",
  audit: { none: "changes nothing" },
  body: tokenSchema,
  success: { status: 200, description: "the invitation", schema: invitationLookSchema },
  errors: ["too_many_failures"],
  async handler({ env, request, body, now }) {
    const limited = await limitAttempts(env, request);
    if (!limited.ok) return limited;
    const found = await openInvitation(env, body.token, now);
    if (!found) return deadInvitation();
    const { email, role } = found.invitation;
    return ok({
      email,
      role,
      msp_name: found.msp.name,
      company_names: found.companies.map(({ name }) => name),
    });
  },
});
