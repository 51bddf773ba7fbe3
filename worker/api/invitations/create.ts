import { and, count, eq, gt } from "drizzle-orm";
import * as z from "zod";
import { fail, ok } from "../../../core/errors.ts";
import { employerOf, invitationSchema, inviteSchema, placeProblem } from "../../../core/people.ts";
import { database } from "../../db/database.ts";
import { invitations } from "../../db/schema.ts";
import { newId } from "../../new-id.ts";
import { route as define } from "../route.ts";
import { companyNames, invitationItem } from "./item.ts";
import { invitationMail, unverified } from "./mail.ts";

const HOUR_MS = 3_600_000;
/** Of the whole MSP, mails sent again included: more looks like somebody else's mailbox being filled. */
const PER_HOUR = 200;

/** Answers alike whether or not the address has an account; whoever has one learns it by their link. */
export const route = define({
  method: "POST",
  path: "/api/invitations",
  summary: "Invite somebody by e-mail",
  access: "people.manage",
  audit: ["invitation.created"],
  body: inviteSchema,
  success: {
    status: 201,
    description: "invited; the mail is on its way",
    schema: z.object({ invitation: invitationSchema }),
  },
  errors: ["email_unverified", "rate_limited"],
  async handler({ env, session, body, origin, now, audit, waitUntil }) {
    const { actor } = session;
    if (!session.email_verified) return unverified();
    const place = { role: body.role, company_ids: [...new Set(body.company_ids)] };
    const names = await companyNames(env, actor.msp_id, place.company_ids);
    const problem =
      placeProblem(actor, place) ??
      (names.size < place.company_ids.length
        ? { company_ids: "names a company that is not one of yours" }
        : null);
    if (problem) return fail("validation_failed", "They cannot be invited like this.", { fields: problem });
    const db = database(env);
    const recent = await db
      .select({ n: count() })
      .from(invitations)
      .where(and(eq(invitations.msp_id, actor.msp_id), gt(invitations.sent_at, now - HOUR_MS)))
      .get();
    if ((recent?.n ?? 0) >= PER_HOUR)
      return fail("rate_limited", `At most ${PER_HOUR} invitations an hour. Go on a little later.`, {
        retry_after: 600,
      });

    const to = { email: body.email, role: place.role, companies: [...names.values()] };
    const mail = await invitationMail(env, actor, to, { origin, now });
    const row = {
      id: newId("inv"),
      msp_id: actor.msp_id,
      email: body.email,
      ...place,
      employer_company_id: employerOf(actor, place),
      ...mail.link,
      invited_by: actor.user_id,
      created_at: now,
      accepted_at: null,
      revoked_at: null,
    };
    await db.batch([
      db.insert(invitations).values(row),
      mail.insert,
      audit({
        action: "invitation.created",
        company_id: row.employer_company_id,
        target: { type: "invitation", id: row.id, name: row.email },
        after: place,
      }),
    ]);
    waitUntil(mail.send());
    return ok({ invitation: invitationItem(row, actor.name, now) });
  },
});
