import * as z from "zod";
import { ok } from "../../../core/errors.ts";
import { companyStub } from "../../company-stub.ts";
import { decodeCursor, encodeCursor, pageQuery } from "../cursor.ts";
import { route as define } from "../route.ts";

const positionSchema = z.tuple([z.string(), z.string()]);

const fateSchema = z.object({
  rule_id: z.string(),
  matched: z.number().int().describe("new alerts of the company that it fitted"),
  last_matched_at: z.iso.datetime().nullable(),
  ungrouped: z.number().int(),
  errors: z.number().int(),
  last_error_at: z.iso.datetime().nullable(),
  last_error: z.string().nullable(),
});

const itemSchema = z.object({
  company_id: z.string(),
  company_name: z.string(),
  behind: z.boolean().describe("it has not taken the newest of the rules yet; it will"),
  rules: z.array(fateSchema).nullable().describe("null: the company did not answer"),
});

interface Row {
  id: string;
  name: string;
  behind: number;
}

/** Each company keeps its own counts, so a page asks as many objects as it has companies. */
export const route = define({
  method: "GET",
  path: "/api/msp/rules/companies",
  summary: "How the MSP's rules fare in each of its companies, by name",
  access: "msp.read",
  query: z.object(pageQuery(50, 25)),
  success: {
    status: 200,
    description: "one page of companies",
    schema: z.object({ items: z.array(itemSchema), next_cursor: z.string().nullable() }),
  },
  async handler({ env, session: { actor }, query }) {
    const after = decodeCursor(query.cursor, positionSchema);
    if (!after.ok) return after;
    const { results } = await env.DB.prepare(
      `SELECT c.id, c.name, p.company_id IS NOT NULL AS behind
       FROM companies c LEFT JOIN msp_rule_pushes p ON p.company_id = c.id
       WHERE c.msp_id = ?1 AND (?2 IS NULL OR (c.name COLLATE NOCASE, c.id) > (?2, ?3))
       ORDER BY c.name COLLATE NOCASE, c.id LIMIT ?4`,
    )
      .bind(actor.msp_id, after.value?.[0] ?? null, after.value?.[1] ?? null, query.limit + 1)
      .all<Row>();
    const rows = results.slice(0, query.limit);
    const lists = await Promise.allSettled(
      rows.map(({ id }) => companyStub(env, id).policyList(actor, "rules")),
    );
    const last = results.length > query.limit ? rows.at(-1) : undefined;
    return ok({
      items: rows.map(({ id, name, behind }, i) => {
        const list = lists[i];
        const found = list?.status === "fulfilled" && list.value.ok ? list.value.value : null;
        return {
          company_id: id,
          company_name: name,
          behind: behind === 1,
          rules:
            found
              ?.filter(({ scope }) => scope === "msp")
              .map(
                ({
                  id: rule_id,
                  matched,
                  last_matched_at,
                  ungrouped,
                  errors,
                  last_error_at,
                  last_error,
                }) => ({
                  rule_id,
                  matched,
                  last_matched_at,
                  ungrouped,
                  errors,
                  last_error_at,
                  last_error,
                }),
              ) ?? null,
        };
      }),
      next_cursor: last ? encodeCursor([last.name, last.id]) : null,
    });
  },
});
