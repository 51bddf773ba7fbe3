import { eq } from "drizzle-orm";
import { passwordProblem, signupSchema } from "../../../core/account.ts";
import { meSchema } from "../../../core/company.ts";
import { fail, ok } from "../../../core/errors.ts";
import { limitAttempts } from "../../auth/attempt-limit.ts";
import { hashPassword } from "../../auth/password.ts";
import { mustEnrol, newSession, toMe } from "../../auth/session.ts";
import { SESSION_MS, sessionCookie } from "../../auth/token.ts";
import { database, isUniqueViolation } from "../../db/database.ts";
import { msps, sessions, users } from "../../db/schema.ts";
import { newId } from "../../new-id.ts";
import { route as define } from "../route.ts";

const taken = () =>
  fail("email_taken", "There is an account with this address already. Sign in, or use another.", {
    fields: { email: "already has an account" },
  });

/** A new MSP with its first admin, signed in. */
export const route = define({
  method: "POST",
  path: "/api/auth/signup",
  summary: "Sign an MSP up",
  access: "public",
  body: signupSchema,
  success: { status: 201, description: "signed up and signed in", schema: meSchema },
  errors: ["email_taken", "too_many_failures"],
  async handler({ env, request, body, now, setHeader }) {
    const problem = passwordProblem(body.password, [
      body.name,
      body.msp_name,
      body.email.split("@")[0] ?? "",
    ]);
    if (problem)
      return fail("validation_failed", "Choose another password.", { fields: { password: problem } });
    const limited = await limitAttempts(env, request);
    if (!limited.ok) return limited;
    const db = database(env);
    const known = await db.select({ id: users.id }).from(users).where(eq(users.email, body.email)).get();
    if (known) return taken();

    const msp = { id: newId("msp"), name: body.msp_name, created_at: now };
    const user = {
      id: newId("us"),
      msp_id: msp.id,
      email: body.email,
      name: body.name,
      role: "msp_admin" as const,
      password_hash: hashPassword(body.password),
      created_at: now,
    };
    const { row, token } = await newSession(env, user.id, msp.id, now, { request });
    try {
      await db.batch([
        db.insert(msps).values(msp),
        db.insert(users).values(user),
        db.insert(sessions).values(row),
      ]);
    } catch (error) {
      // Somebody else was first between the look and the insert.
      if (isUniqueViolation(error)) return taken();
      throw error;
    }
    setHeader("Set-Cookie", sessionCookie(request, token, SESSION_MS / 1000));
    return ok(
      toMe({
        session_id: row.id,
        expires_at: row.expires_at,
        last_seen_at: now,
        idle_until: null,
        stepped_up_until: null,
        email: user.email,
        email_verified: false,
        time_zone: "UTC",
        msp_name: msp.name,
        totp_enabled: false,
        token: null,
        must_enrol: mustEnrol(env, user.role, false),
        actor: { user_id: user.id, name: user.name, msp_id: msp.id, role: user.role, companies: "all" },
      }),
    );
  },
});
