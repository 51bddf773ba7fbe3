import { type RuleView, ruleInput, ruleView } from "../../../core/policy/rule.ts";
import { newId } from "../../new-id.ts";
import { route as define, idParams } from "../route.ts";
import { withAssignee } from "./assignee.ts";
import { policyOf, theOne } from "./of-company.ts";

export const route = define({
  method: "POST",
  path: "/api/companies/{id}/rules",
  summary: "Add a rule after the company's others; it judges alerts that come from now on",
  access: "noise.rules",
  audit: ["rule.created"],
  params: idParams,
  body: ruleInput,
  success: { status: 201, description: "the rule", schema: ruleView },
  errors: ["conflict"],
  async handler({ env, session: { actor }, params, body }) {
    const id = newId("ru");
    const input = await withAssignee(env, actor.msp_id, { company: params.id }, body);
    if (!input.ok) return input;
    return theOne<RuleView>(
      policyOf(env, params.id)?.changeRules(actor, { type: "create_rule", id, input: input.value }),
      id,
    );
  },
});
