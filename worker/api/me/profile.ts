import { eq } from "drizzle-orm";
import { ok } from "../../../core/errors.ts";
import { changeProfileSchema, profileSchema } from "../../../core/profile.ts";
import { rescope } from "../../auth/rescope.ts";
import { database } from "../../db/database.ts";
import { users } from "../../db/schema.ts";
import { route as define } from "../route.ts";

/** The new name is in what others do from now on; what is written already keeps the old one. */
export const route = define({
  method: "PATCH",
  path: "/api/me/profile",
  summary: "Change one's name or time zone",
  access: "own.profile",
  audit: ["user.profile_changed"],
  body: changeProfileSchema,
  success: { status: 200, description: "the profile as it is now", schema: profileSchema },
  async handler({ env, session, body, audit }) {
    const { actor, email, email_verified } = session;
    const before = { name: actor.name, time_zone: session.time_zone };
    const after = { name: body.name ?? before.name, time_zone: body.time_zone ?? before.time_zone };
    await database(env).batch([
      database(env).update(users).set(after).where(eq(users.id, actor.user_id)),
      audit({
        action: "user.profile_changed",
        company_id: null,
        target: { type: "user", id: actor.user_id, name: after.name },
        before,
        after,
      }),
    ]);
    if (after.name !== before.name) await rescope(env, { id: actor.user_id, msp_id: actor.msp_id });
    return ok({ ...after, email, email_verified });
  },
});
