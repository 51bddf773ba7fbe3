import { and, eq } from "drizzle-orm";
import { ok } from "../../../core/errors.ts";
import { notFound } from "../../company-stub.ts";
import { database } from "../../db/database.ts";
import { contacts } from "../../db/schema.ts";
import { route as define, idParams } from "../route.ts";

export const route = define({
  method: "DELETE",
  path: "/api/me/contacts/{id}",
  summary: "Remove a contact",
  access: "own.profile",
  audit: ["contact.removed"],
  params: idParams,
  success: { status: 204, description: "removed" },
  async handler({ env, session: { actor }, params, audit }) {
    const db = database(env);
    const mine = and(eq(contacts.id, params.id), eq(contacts.user_id, actor.user_id));
    const row = await db.select().from(contacts).where(mine).get();
    if (!row) return notFound();
    await db.batch([
      db.delete(contacts).where(mine),
      audit({
        action: "contact.removed",
        company_id: null,
        target: { type: "contact", id: row.id },
        before: { kind: row.kind, value: row.address },
      }),
    ]);
    return ok(null);
  },
});
