import { route as define } from "../route.ts";
import { done, policyOf, ruleParams } from "./of-company.ts";

export const route = define({
  method: "DELETE",
  path: "/api/companies/{id}/rules/{rule_id}",
  summary: "Delete a rule of the company; what it kept silent and still fires gets its incident",
  access: "noise.rules",
  audit: ["rule.deleted"],
  params: ruleParams,
  success: { status: 204, description: "deleted" },
  async handler({ env, session: { actor }, params: { id, rule_id } }) {
    return done(policyOf(env, id)?.changeRules(actor, { type: "delete_rule", id: rule_id }));
  },
});
