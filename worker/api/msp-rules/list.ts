import { ok } from "../../../core/errors.ts";
import { ruleView } from "../../../core/policy/rule.ts";
import { mspRuleView, rulesOfMsp } from "../../msp-rules/store.ts";
import { pageOf } from "../noise/of-company.ts";
import { route as define } from "../route.ts";

export const route = define({
  method: "GET",
  path: "/api/msp/rules",
  summary: "The MSP's rules for all its companies, which come after each company's own",
  access: "msp.read",
  success: { status: 200, description: "a list in one page", schema: pageOf(ruleView) },
  async handler({ env, session: { actor } }) {
    return ok({ items: (await rulesOfMsp(env, actor.msp_id)).map(mspRuleView), next_cursor: null });
  },
});
