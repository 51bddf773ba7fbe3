import { eq } from "drizzle-orm";
import { passwordProblem, signupSchema } from "../../../core/account.ts";
import { meSchema } from "../../../core/company.ts";
import { fail, ok } from "../../../core/errors.ts";
import { limitAttempts } from "../../auth/attempt-limit.ts";
import { hashPassword } from "../../auth/password.ts";
import { loadSession, toMe } from "../../auth/session.ts";
import { startSession } from "../../auth/start-session.ts";
import { database, isUniqueViolation } from "../../db/database.ts";
import { msps, users } from "../../db/schema.ts";
import { newId } from "../../new-id.ts";
import { addressProof } from "../../notify/address-proof.ts";
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
  audit: ["msp.created", "session.created"],
  body: signupSchema,
  success: { status: 201, description: "signed up and signed in", schema: meSchema },
  errors: ["email_taken", "too_many_failures"],
  async handler(c) {
    const { env, request, body, now } = c;
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
    const started = await startSession(c, user);
    const proof = await addressProof(env, user, { ...msp, brand: null }, { origin: c.origin, now });
    try {
      await db.batch([
        db.insert(msps).values(msp),
        db.insert(users).values(user),
        ...started.statements,
        ...proof.statements,
        c.audit(
          {
            action: "msp.created",
            company_id: null,
            target: { type: "msp", id: msp.id, name: msp.name },
            after: { admin: user.name },
          },
          started.actor,
        ),
      ]);
    } catch (error) {
      // Somebody else was first between the look and the insert.
      if (isUniqueViolation(error)) return taken();
      throw error;
    }
    const session = await loadSession(env, started.row.id, now);
    if (!session) return fail("internal", "The session could not be opened. Sign in.");
    c.waitUntil(proof.send());
    started.grant();
    return ok(toMe(session));
  },
});
