import { type RuleView, rulePatch, ruleView } from "../../../core/policy/rule.ts";
import { route as define } from "../route.ts";
import { policyOf, ruleParams, theOne } from "./of-company.ts";

export const route = define({
  method: "PATCH",
  path: "/api/companies/{id}/rules/{rule_id}",
  summary: "Change a rule of the company; open incidents stay as they are",
  access: "noise.rules",
  audit: ["rule.changed"],
  params: ruleParams,
  body: rulePatch,
  success: { status: 200, description: "the rule as it is now", schema: ruleView },
  async handler({ env, session: { actor }, params: { id, rule_id }, body }) {
    const change = { type: "change_rule" as const, id: rule_id, patch: body };
    return theOne<RuleView>(policyOf(env, id)?.changeRules(actor, change), rule_id);
  },
});
