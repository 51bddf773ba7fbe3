import { meSchema } from "../../../core/company.ts";
import { fail, ok } from "../../../core/errors.ts";
import { assertionSchema } from "../../../core/sign-in.ts";
import { limitAttempts } from "../../auth/attempt-limit.ts";
import { checkAssertion } from "../../auth/passkey.ts";
import { loadSession, toMe } from "../../auth/session.ts";
import { startSession } from "../../auth/start-session.ts";
import { database } from "../../db/database.ts";
import { route as define } from "../route.ts";

/** Knows no lock: what failed with passwords keeps nobody out who has a passkey. */
export const route = define({
  method: "POST",
  path: "/api/auth/passkey/verify",
  summary: "Sign in by a passkey, without a password",
  access: "public",
  audit: ["session.created"],
  body: assertionSchema,
  success: { status: 200, description: "signed in", schema: meSchema },
  errors: ["invalid_credentials", "too_many_failures"],
  async handler(c) {
    const { env, request, body, origin, now } = c;
    const limited = await limitAttempts(env, request);
    if (!limited.ok) return limited;
    const user = await checkAssertion(env, { purpose: "sign_in", user_id: null }, origin, body, now);
    if (!user) return fail("invalid_credentials", "This passkey does not sign in here. Use your password.");
    const started = await startSession(c, user, "passkey");
    await database(env).batch([...started.statements]);
    const session = await loadSession(env, started.row.id, now);
    if (!session) return fail("internal", "The session could not be opened. Try again.");
    started.grant();
    return ok(toMe(session));
  },
});
