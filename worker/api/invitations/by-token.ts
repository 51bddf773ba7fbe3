import { and, eq, gt, isNull } from "drizzle-orm";
import { fail } from "../../../core/errors.ts";
import { tokenHash } from "../../auth/personal-token.ts";
import { database } from "../../db/database.ts";
import { invitations, msps } from "../../db/schema.ts";
import type { Env } from "../../env.ts";
import { companyNames } from "./item.ts";

export const deadInvitation = () =>
  fail(
    "validation_failed",
    "This invitation does not work any more: it was used, taken back or is too old.",
    {
      fields: { token: "used, taken back or too old" },
    },
  );

/**
 * The open invitation behind a mailed token, its companies as far as they still exist; null for any other
 * token, and where all the companies it was for are gone.
 */
export async function openInvitation(env: Env, token: string, now: number) {
  const found = await database(env)
    .select({ invitation: invitations, msp: msps })
    .from(invitations)
    .innerJoin(msps, eq(msps.id, invitations.msp_id))
    .where(
      and(
        eq(invitations.token_hash, tokenHash(token)),
        isNull(invitations.accepted_at),
        isNull(invitations.revoked_at),
        gt(invitations.expires_at, now),
      ),
    )
    .get();
  if (!found) return null;
  const { invitation, msp } = found;
  const names = await companyNames(env, msp.id, invitation.company_ids);
  if (invitation.company_ids.length > 0 && names.size === 0) return null;
  return { invitation, msp, companies: [...names].map(([id, name]) => ({ id, name })) };
}
