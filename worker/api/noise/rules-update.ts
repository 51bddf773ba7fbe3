import { type RuleView, rulePatch, ruleView } from "../../../core/policy/rule.ts";
import { notFound } from "../../company-stub.ts";
import { route as define } from "../route.ts";
import { withAssignee } from "./assignee.ts";
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
    let patch = body;
    if (body.actions?.assignee) {
      const known = (await policyOf(env, id)?.policyList(actor, "rules")) ?? notFound();
      if (!known.ok) return known;
      const before = (known.value as RuleView[]).find((rule) => rule.id === rule_id)?.actions.assignee?.id;
      const checked = await withAssignee(env, actor.msp_id, { company: id }, body, before);
      if (!checked.ok) return checked;
      patch = checked.value;
    }
    const change = { type: "change_rule" as const, id: rule_id, patch };
    return theOne<RuleView>(policyOf(env, id)?.changeRules(actor, change), rule_id);
  },
});
