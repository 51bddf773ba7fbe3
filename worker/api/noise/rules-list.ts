import { ruleView } from "../../../core/policy/rule.ts";
import { route as define, idParams } from "../route.ts";
import { asPage, pageOf, policyOf } from "./of-company.ts";

export const route = define({
  method: "GET",
  path: "/api/companies/{id}/rules",
  summary: "The company's rules in their order, then the MSP's, and how each has fared",
  access: "noise.read",
  params: idParams,
  success: { status: 200, description: "a list in one page", schema: pageOf(ruleView) },
  async handler({ env, session: { actor }, params }) {
    return asPage(policyOf(env, params.id)?.policyList(actor, "rules"));
  },
});
