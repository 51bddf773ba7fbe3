import { eq } from "drizzle-orm";
import { ok } from "../../../core/errors.ts";
import { steppedUpSchema, stepUpSchema } from "../../../core/sign-in.ts";
import { forgetSession } from "../../auth/authenticate.ts";
import { checkCode, checkPassword, guarded, userOf, wrong } from "../../auth/confirm.ts";
import { STEPPED_UP_MS } from "../../auth/step-up.ts";
import { database } from "../../db/database.ts";
import { sessions } from "../../db/schema.ts";
import { route as define } from "../route.ts";

/** Where an authenticator app is set up it takes a code, and the password does not do. */
export const route = define({
  method: "POST",
  path: "/api/me/step-up",
  summary: "Confirm anew that it is you, for the next ten minutes",
  access: "own.second_factor",
  audit: ["session.stepped_up"],
  body: stepUpSchema,
  success: { status: 200, description: "until when it counts", schema: steppedUpSchema },
  errors: ["too_many_failures"],
  async handler({ env, request, session, body, now, audit }) {
    const user = await userOf(env, session);
    const { code, password } = body;
    const by = code !== undefined ? "code" : "password";
    if (code === undefined && session.totp_enabled)
      return wrong("code", "give a code of your authenticator app, or a recovery code");
    const checked = await guarded(env, user.id, now, async () =>
      code !== undefined ? await checkCode(env, user, code, now) : checkPassword(user, password ?? ""),
    );
    if (!checked.ok) return checked;
    const until = now + STEPPED_UP_MS;
    const db = database(env);
    await db.batch([
      db.update(sessions).set({ stepped_up_until: until }).where(eq(sessions.id, session.session_id)),
      audit({
        action: "session.stepped_up",
        company_id: null,
        target: { type: "session", id: session.session_id },
        after: { by },
      }),
    ]);
    forgetSession(session.session_id, request);
    return ok({ until: new Date(until).toISOString() });
  },
});
