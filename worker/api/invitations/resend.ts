import { eq } from "drizzle-orm";
import * as z from "zod";
import { fail, ok } from "../../../core/errors.ts";
import { invitationSchema, placeProblem } from "../../../core/people.ts";
import { database } from "../../db/database.ts";
import { isGuardFailure } from "../../db/guard.ts";
import { invitations } from "../../db/schema.ts";
import { route as define, idParams } from "../route.ts";
import { companyNames, invitationItem, loadInvitation } from "./item.ts";
import { invitationMail, unverified } from "./mail.ts";
import { stillOpen } from "./still-open.ts";

const EVERY_MS = 60_000;
const closed = () => fail("conflict", "It was accepted or taken back already. Invite them anew.");

/** With a new link and seven new days; the link sent before stops working. */
export const route = define({
  method: "POST",
  path: "/api/invitations/{id}/resend",
  summary: "Send an invitation again, with a new link",
  access: "people.manage",
  audit: ["invitation.resent"],
  params: idParams,
  success: { status: 200, description: "sent", schema: z.object({ invitation: invitationSchema }) },
  errors: ["conflict", "email_unverified", "rate_limited"],
  async handler({ env, session, params, origin, now, audit, waitUntil }) {
    const { actor } = session;
    const found = await loadInvitation(env, actor, params.id);
    if (!found.ok) return found;
    const { row, inviter } = found.value;
    if (!session.email_verified) return unverified();
    if (row.accepted_at !== null || row.revoked_at !== null) return closed();
    if (placeProblem(actor, row)?.role) return fail("forbidden", "Only an MSP admin invites MSP admins.");
    if (now - row.sent_at < EVERY_MS)
      return fail("rate_limited", "It was sent less than a minute ago.", {
        retry_after: Math.ceil((row.sent_at + EVERY_MS - now) / 1000),
      });
    const names = await companyNames(env, actor.msp_id, row.company_ids);
    const to = { email: row.email, role: row.role, companies: [...names.values()] };
    const mail = await invitationMail(env, actor, to, { origin, now });
    try {
      await database(env).batch([
        stillOpen(env, row.id),
        database(env).update(invitations).set(mail.link).where(eq(invitations.id, row.id)),
        mail.insert,
        audit({
          action: "invitation.resent",
          company_id: row.employer_company_id,
          target: { type: "invitation", id: row.id, name: row.email },
        }),
      ]);
    } catch (error) {
      if (isGuardFailure(error)) return closed();
      throw error;
    }
    waitUntil(mail.send());
    return ok({ invitation: invitationItem({ ...row, ...mail.link }, inviter, now) });
  },
});
