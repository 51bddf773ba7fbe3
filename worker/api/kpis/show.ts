import * as z from "zod";
import { kpisSchema } from "../../../core/company.ts";
import { fail, ok } from "../../../core/errors.ts";
import { loadCompany } from "../../db/companies.ts";
import { readKpis } from "../../kpis.ts";
import { timeQuery } from "../cursor.ts";
import { route as define } from "../route.ts";

const DAY_MS = 24 * 3_600_000;
/** Figures are by the hour: a longer range would be thousands of points. */
const MAX_DAYS = 92;

export const route = define({
  method: "GET",
  path: "/api/kpis",
  summary: "Figures over companies and time; the last 24 hours if not said otherwise",
  access: "kpis.read",
  query: z.object({
    company_id: z.string().optional(),
    from: timeQuery.optional(),
    to: timeQuery.optional(),
  }),
  success: { status: 200, description: "the figures", schema: kpisSchema },
  errors: ["not_found"],
  async handler({ env, session: { actor }, query, now }) {
    if (query.company_id !== undefined) {
      const company = await loadCompany(env, actor, query.company_id);
      if (!company.ok) return company;
    }
    const to = query.to === undefined ? now : Date.parse(query.to);
    const from = query.from === undefined ? to - DAY_MS : Date.parse(query.from);
    if (from > to)
      return fail("validation_failed", "`from` lies after `to`.", { fields: { from: "after to" } });
    if (to - from > MAX_DAYS * DAY_MS)
      return fail("validation_failed", "The range is too long.", {
        fields: { from: `at most ${MAX_DAYS} days` },
      });
    const scope = actor.companies === "all" ? null : actor.companies;
    const company_ids = query.company_id === undefined ? scope : [query.company_id];
    return ok(await readKpis(env, { msp_id: actor.msp_id, company_ids }, from, to));
  },
});
