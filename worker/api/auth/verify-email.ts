import { eq } from "drizzle-orm";
import * as z from "zod";
import { ok } from "../../../core/errors.ts";
import { tokenSchema } from "../../../core/people.ts";
import { limitAttempts } from "../../auth/attempt-limit.ts";
import { deadLink, findLink, linkActor, spendLink } from "../../auth/redeem-link.ts";
import { database } from "../../db/database.ts";
import { isGuardFailure } from "../../db/guard.ts";
import { users } from "../../db/schema.ts";
import { route as define } from "../route.ts";

/** The link in the mail proves that the address is theirs; it takes no session. */
export const route = define({
  method: "POST",
  path: "/api/auth/verify-email",
  summary: "Confirm an e-mail address by the mailed token",
  access: "public",
  audit: ["user.email_verified"],
  body: tokenSchema,
  success: { status: 200, description: "confirmed", schema: z.object({ email: z.string() }) },
  errors: ["too_many_failures"],
  async handler({ env, request, body, now, audit }) {
    const limited = await limitAttempts(env, request);
    if (!limited.ok) return limited;
    const found = await findLink(env, "verify", body.token, now);
    if (!found) return deadLink();
    const { link, user } = found;
    try {
      await database(env).batch([
        ...spendLink(env, link, now),
        database(env).update(users).set({ email_verified_at: now }).where(eq(users.id, user.id)),
        audit(
          {
            action: "user.email_verified",
            company_id: null,
            target: { type: "user", id: user.id, name: user.name },
            after: { email: link.email },
          },
          linkActor(request, user),
        ),
      ]);
    } catch (error) {
      if (isGuardFailure(error)) return deadLink();
      throw error;
    }
    return ok({ email: link.email });
  },
});
