import { fail, ok } from "../../../core/errors.ts";
import { compileCondition } from "../../../core/policy/compile.ts";
import { MSP_RULES_MAX, ruleInput, ruleView } from "../../../core/policy/rule.ts";
import { database } from "../../db/database.ts";
import { pushMspRules } from "../../msp-rules/push.ts";
import { mspRuleView, oweAll, putMspRule, rulesOfMsp, saidByRule } from "../../msp-rules/store.ts";
import { newId } from "../../new-id.ts";
import { withAssignee } from "../noise/assignee.ts";
import { route as define } from "../route.ts";

export const route = define({
  method: "POST",
  path: "/api/msp/rules",
  summary: "Add a rule for all companies of the MSP",
  access: "msp.settings",
  audit: ["msp_rule.created"],
  body: ruleInput,
  success: { status: 201, description: "the rule", schema: ruleView },
  errors: ["conflict"],
  async handler({ env, session: { actor }, body, now, audit, waitUntil }) {
    const fine = compileCondition(body.when);
    if (!fine.ok) return fine;
    const others = await rulesOfMsp(env, actor.msp_id);
    if (others.length >= MSP_RULES_MAX)
      return fail("conflict", `At most ${MSP_RULES_MAX} rules apply to all companies.`);
    const input = await withAssignee(env, actor.msp_id, "all companies", body);
    if (!input.ok) return input;
    const rule = { ...input.value, id: newId("ru"), created_at: now, created_by: actor.name };
    const target = { type: "rule", id: rule.id, name: rule.name };
    await database(env).batch([
      putMspRule(env, actor.msp_id, rule, others.length),
      oweAll(env, actor.msp_id, now),
      audit({ action: "msp_rule.created", company_id: null, target, after: saidByRule(rule) }),
    ]);
    waitUntil(pushMspRules(env, actor.msp_id));
    return ok(mspRuleView(rule));
  },
});
