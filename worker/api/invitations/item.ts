import { and, eq, inArray } from "drizzle-orm";
import type { Actor } from "../../../core/actor.ts";
import { ok, type Result } from "../../../core/errors.ts";
import type { Invitation } from "../../../core/people.ts";
import { notFound } from "../../company-stub.ts";
import { database } from "../../db/database.ts";
import { companies, type InvitationRow, invitations, users } from "../../db/schema.ts";
import type { Env } from "../../env.ts";

const iso = (at: number) => new Date(at).toISOString();

function statusOf(row: InvitationRow, now: number): Invitation["status"] {
  if (row.accepted_at !== null) return "accepted";
  if (row.revoked_at !== null) return "revoked";
  return row.expires_at <= now ? "expired" : "open";
}

/** Never with its token: that is in the mail alone. */
export function invitationItem(row: InvitationRow, inviterName: string | null, now: number): Invitation {
  const { id, email, role, company_ids } = row;
  return {
    id,
    email,
    role,
    company_ids,
    status: statusOf(row, now),
    invited_by: { id: row.invited_by, name: inviterName ?? "somebody who has left" },
    created_at: iso(row.created_at),
    sent_at: iso(row.sent_at),
    expires_at: iso(row.expires_at),
  };
}

/** A company admin sees what is about their companies alone; whom the MSP brings in is the MSP's. */
export function seesInvitation(actor: Actor, row: Pick<InvitationRow, "msp_id" | "company_ids">): boolean {
  if (row.msp_id !== actor.msp_id) return false;
  const { companies: own } = actor;
  if (own === "all") return true;
  return row.company_ids.length > 0 && row.company_ids.every((id) => own.includes(id));
}

/** The invitation if the actor may deal with it; the same not_found for any other id. */
export async function loadInvitation(
  env: Env,
  actor: Actor,
  id: string,
): Promise<Result<{ row: InvitationRow; inviter: string | null }>> {
  const found = await database(env)
    .select({ row: invitations, inviter: users.name })
    .from(invitations)
    .leftJoin(users, eq(users.id, invitations.invited_by))
    .where(and(eq(invitations.id, id), eq(invitations.msp_id, actor.msp_id)))
    .get();
  return found && seesInvitation(actor, found.row) ? ok(found) : notFound();
}

/** Which of these are companies of the MSP, by name. */
export async function companyNames(env: Env, mspId: string, ids: string[]): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  // D1 takes at most 100 parameters a statement.
  for (let i = 0; i < ids.length; i += 90)
    for (const { id, name } of await database(env)
      .select({ id: companies.id, name: companies.name })
      .from(companies)
      .where(and(eq(companies.msp_id, mspId), inArray(companies.id, ids.slice(i, i + 90)))))
      names.set(id, name);
  return names;
}
