import { eq } from "drizzle-orm";
import { fail, ok } from "../../../core/errors.ts";
import { database } from "../../db/database.ts";
import { isGuardFailure } from "../../db/guard.ts";
import { invitations } from "../../db/schema.ts";
import { route as define, idParams } from "../route.ts";
import { loadInvitation } from "./item.ts";
import { stillOpen } from "./still-open.ts";

export const route = define({
  method: "DELETE",
  path: "/api/invitations/{id}",
  summary: "Take an invitation back; its link stops working at once",
  access: "people.manage",
  audit: ["invitation.revoked"],
  params: idParams,
  success: { status: 204, description: "taken back" },
  errors: ["conflict"],
  async handler({ env, session: { actor }, params, now, audit }) {
    const found = await loadInvitation(env, actor, params.id);
    if (!found.ok) return found;
    const { row } = found.value;
    if (row.revoked_at !== null) return ok(null);
    try {
      await database(env).batch([
        stillOpen(env, row.id),
        database(env).update(invitations).set({ revoked_at: now }).where(eq(invitations.id, row.id)),
        audit({
          action: "invitation.revoked",
          company_id: row.employer_company_id,
          target: { type: "invitation", id: row.id, name: row.email },
        }),
      ]);
    } catch (error) {
      if (isGuardFailure(error)) return fail("conflict", "It was accepted already; see the list of people.");
      throw error;
    }
    return ok(null);
  },
});
