import { and, eq } from "drizzle-orm";
import { auditItemSchema } from "../../../core/audit-log.ts";
import { ok } from "../../../core/errors.ts";
import { auditItem } from "../../audit/item.ts";
import { visibleTo } from "../../audit/select.ts";
import { notFound } from "../../company-stub.ts";
import { database } from "../../db/database.ts";
import { auditEntries } from "../../db/schema.ts";
import { route as define, idParams } from "../route.ts";

export const route = define({
  method: "GET",
  path: "/api/audit/{id}",
  summary: "One entry of the audit log",
  access: "audit.read",
  params: idParams,
  success: { status: 200, description: "the entry", schema: auditItemSchema },
  async handler({ env, session: { actor }, params }) {
    const row = await database(env)
      .select()
      .from(auditEntries)
      .where(and(eq(auditEntries.id, params.id), visibleTo(actor)))
      .get();
    return row ? ok(auditItem(row)) : notFound();
  },
});
