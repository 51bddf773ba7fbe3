import { ok } from "../../../core/errors.ts";
import { profileSchema } from "../../../core/profile.ts";
import { route as define } from "../route.ts";

export const route = define({
  method: "GET",
  path: "/api/me/profile",
  summary: "One's own name, address and time zone",
  access: "own.read",
  success: { status: 200, description: "the profile", schema: profileSchema },
  async handler({ session: { actor, email, email_verified, time_zone } }) {
    return ok({ name: actor.name, time_zone, email, email_verified });
  },
});
