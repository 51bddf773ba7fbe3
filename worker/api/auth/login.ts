import { eq } from "drizzle-orm";
import { loginSchema } from "../../../core/account.ts";
import { meSchema } from "../../../core/company.ts";
import { fail, ok } from "../../../core/errors.ts";
import { limitAttempts } from "../../auth/attempt-limit.ts";
import { verifyNothing, verifyPassword } from "../../auth/password.ts";
import { loadSession, newSession, toMe } from "../../auth/session.ts";
import { SESSION_MS, sessionCookie } from "../../auth/token.ts";
import { database } from "../../db/database.ts";
import { sessions, users } from "../../db/schema.ts";
import { route as define } from "../route.ts";

/** Answers alike, in the same time, for a wrong password and for an address nobody has. */
export const route = define({
  method: "POST",
  path: "/api/auth/login",
  summary: "Sign in",
  access: "public",
  body: loginSchema,
  success: { status: 200, description: "signed in", schema: meSchema },
  errors: ["invalid_credentials", "too_many_failures"],
  async handler({ env, request, body, now, setHeader }) {
    const limited = await limitAttempts(env, request);
    if (!limited.ok) return limited;
    const db = database(env);
    const user = await db.select().from(users).where(eq(users.email, body.email)).get();
    const right = user ? verifyPassword(body.password, user.password_hash) : verifyNothing(body.password);
    if (!user || !right) return fail("invalid_credentials", "The address or the password is not right.");
    const { row, token } = await newSession(env, user.id, user.msp_id, now, { request });
    await db.insert(sessions).values(row);
    const session = await loadSession(env, row.id, now);
    if (!session) return fail("internal", "The session could not be opened. Try again.");
    setHeader("Set-Cookie", sessionCookie(request, token, SESSION_MS / 1000));
    return ok(toMe(session));
  },
});
