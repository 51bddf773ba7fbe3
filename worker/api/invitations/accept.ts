import { eq } from "drizzle-orm";
import { passwordProblem } from "../../../core/account.ts";
import { meSchema } from "../../../core/company.ts";
import { fail, ok } from "../../../core/errors.ts";
import { acceptSchema } from "../../../core/people.ts";
import { limitAttempts } from "../../auth/attempt-limit.ts";
import { hashPassword } from "../../auth/password.ts";
import { tokenHash } from "../../auth/personal-token.ts";
import { loadSession, toMe } from "../../auth/session.ts";
import { startSession } from "../../auth/start-session.ts";
import { database, isUniqueViolation } from "../../db/database.ts";
import { isGuardFailure } from "../../db/guard.ts";
import { invitations, userCompanies, users } from "../../db/schema.ts";
import { newId } from "../../new-id.ts";
import { route as define } from "../route.ts";
import { deadInvitation, openInvitation } from "./by-token.ts";
import { stillOpen } from "./still-open.ts";

const PER_INSERT = 30;

const taken = () =>
  fail(
    "email_taken",
    "This address has an account already. Sign in with it, or ask to be invited at another.",
  );

/** Only whoever holds the mail learns whether its address has an account: it is theirs. */
export const route = define({
  method: "POST",
  path: "/api/invitations/accept",
  summary: "Accept an invitation by its mailed token: makes the account and signs in",
  access: "public",
  audit: ["invitation.accepted", "session.created"],
  body: acceptSchema,
  success: { status: 201, description: "joined and signed in", schema: meSchema },
  errors: ["email_taken", "too_many_failures"],
  async handler(c) {
    const { env, request, body, now } = c;
    const limited = await limitAttempts(env, request);
    if (!limited.ok) return limited;
    const found = await openInvitation(env, body.token, now);
    if (!found) return deadInvitation();
    const { invitation, msp, companies } = found;
    const { email, role } = invitation;
    const problem = passwordProblem(body.password, [body.name, msp.name, email.split("@")[0] ?? ""]);
    if (problem)
      return fail("validation_failed", "Choose another password.", { fields: { password: problem } });
    const db = database(env);
    if (await db.select({ id: users.id }).from(users).where(eq(users.email, email)).get()) return taken();

    const employer = companies.find(({ id }) => id === invitation.employer_company_id) ?? companies[0];
    const user = {
      id: newId("us"),
      msp_id: msp.id,
      email,
      name: body.name,
      role,
      password_hash: hashPassword(body.password),
      created_at: now,
      // The link was in a mail to this very address.
      email_verified_at: now,
      employer_company_id: invitation.employer_company_id === null ? null : (employer?.id ?? null),
    };
    const scope = companies.map(({ id }) => ({ user_id: user.id, company_id: id, msp_id: msp.id }));
    const scopeInserts = [];
    for (let i = 0; i < scope.length; i += PER_INSERT)
      scopeInserts.push(db.insert(userCompanies).values(scope.slice(i, i + PER_INSERT)));
    const started = await startSession(c, user);
    try {
      await db.batch([
        stillOpen(env, invitation.id, tokenHash(body.token)),
        db.update(invitations).set({ accepted_at: now }).where(eq(invitations.id, invitation.id)),
        db.insert(users).values(user),
        ...scopeInserts,
        ...started.statements,
        c.audit(
          {
            action: "invitation.accepted",
            company_id: user.employer_company_id,
            target: { type: "invitation", id: invitation.id, name: email },
            after: { user_id: user.id, role, company_ids: companies.map(({ id }) => id) },
          },
          started.actor,
        ),
      ]);
    } catch (error) {
      if (isGuardFailure(error)) return deadInvitation();
      if (isUniqueViolation(error)) return taken();
      throw error;
    }
    const session = await loadSession(env, started.row.id, now);
    if (!session) return fail("internal", "The session could not be opened. Sign in.");
    started.grant();
    return ok(toMe(session));
  },
});
