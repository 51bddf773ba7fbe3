import * as z from "zod";
import type { Result } from "../../../core/errors.ts";
import { RULES_MAX, type RuleView, ruleView } from "../../../core/policy/rule.ts";
import { route as define, idParams } from "../route.ts";
import { asPage, pageOf, policyOf } from "./of-company.ts";

export const route = define({
  method: "POST",
  path: "/api/companies/{id}/rules/order",
  summary: "Put the company's rules into another order",
  access: "noise.rules",
  audit: ["rule.reordered"],
  params: idParams,
  body: z.object({ ids: z.array(z.string().max(60)).max(RULES_MAX).describe("of all its own rules") }),
  success: { status: 200, description: "all rules in their new order", schema: pageOf(ruleView) },
  errors: ["conflict"],
  async handler({ env, session: { actor }, params, body }) {
    const change = policyOf(env, params.id)?.changeRules(actor, { type: "order_rules", ids: body.ids });
    return asPage(change as Promise<Result<RuleView[]>> | undefined);
  },
});
