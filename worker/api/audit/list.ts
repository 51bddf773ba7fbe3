import * as z from "zod";
import type { Actor } from "../../../core/actor.ts";
import { auditPageSchema } from "../../../core/audit-log.ts";
import { ok, type Result } from "../../../core/errors.ts";
import { EXPORT_TYPES, exportAudit } from "../../audit/export.ts";
import { auditItem } from "../../audit/item.ts";
import { selectAudit } from "../../audit/select.ts";
import { loadCompany } from "../../db/companies.ts";
import type { Env } from "../../env.ts";
import { decodeCursor, encodeCursor, pageQuery, timeQuery } from "../cursor.ts";
import { route as define } from "../route.ts";

const placeSchema = z.object({ at: z.number().int(), id: z.string().max(60) });

/** A company that was deleted has its entries left, and its MSP's admin may ask for them. */
async function mayAsk(env: Env, actor: Actor, companyId: string): Promise<Result<unknown>> {
  const company = await loadCompany(env, actor, companyId);
  if (company.ok || actor.companies !== "all") return company;
  const [left] = await selectAudit(env, actor, { company_id: companyId }, null, 1);
  return left ? ok(left) : company;
}

export const route = define({
  method: "GET",
  path: "/api/audit",
  summary: "The audit log, newest first; with `format` all that the filter finds, as a file",
  access: "audit.read",
  query: z.object({
    company_id: z.string().optional(),
    actor_id: z.string().max(60).optional(),
    action: z.string().max(80).optional().describe("an action or how it begins: `company.`"),
    q: z.string().trim().max(200).optional().describe("a text anywhere in the entry"),
    from: timeQuery.optional().describe("at or after"),
    to: timeQuery.optional().describe("at or before"),
    format: z.enum(["csv", "json"]).optional().describe("answers a file instead of a page"),
    ...pageQuery(200, 50),
  }),
  success: {
    status: 200,
    description: "one page, or a file",
    schema: auditPageSchema,
    files: Object.values(EXPORT_TYPES),
  },
  errors: ["not_found"],
  async handler({ env, session: { actor }, query }) {
    if (query.company_id !== undefined) {
      const company = await mayAsk(env, actor, query.company_id);
      if (!company.ok) return company;
    }
    const filter = {
      company_id: query.company_id,
      actor_id: query.actor_id,
      action: query.action,
      q: query.q || undefined,
      from: query.from === undefined ? undefined : Date.parse(query.from),
      to: query.to === undefined ? undefined : Date.parse(query.to),
    };
    if (query.format) return ok(exportAudit(env, actor, filter, query.format));
    const after = decodeCursor(query.cursor, placeSchema);
    if (!after.ok) return after;
    const rows = await selectAudit(env, actor, filter, after.value, query.limit + 1);
    const page = rows.slice(0, query.limit);
    const last = page.at(-1);
    return ok({
      items: page.map(auditItem),
      next_cursor: last && rows.length > page.length ? encodeCursor({ at: last.at, id: last.id }) : null,
    });
  },
});
