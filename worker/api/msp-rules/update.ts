import * as z from "zod";
import { ok } from "../../../core/errors.ts";
import { compileCondition } from "../../../core/policy/compile.ts";
import { rulePatch, ruleView } from "../../../core/policy/rule.ts";
import { notFound } from "../../company-stub.ts";
import { database } from "../../db/database.ts";
import { pushMspRules } from "../../msp-rules/push.ts";
import { mspRuleView, oweAll, putMspRule, rulesOfMsp, saidByRule } from "../../msp-rules/store.ts";
import { withAssignee } from "../noise/assignee.ts";
import { route as define } from "../route.ts";

export const route = define({
  method: "PATCH",
  path: "/api/msp/rules/{rule_id}",
  summary: "Change a rule for all companies of the MSP",
  access: "msp.settings",
  audit: ["msp_rule.changed"],
  params: z.object({ rule_id: z.string() }),
  body: rulePatch,
  success: { status: 200, description: "the rule as it is now", schema: ruleView },
  async handler({ env, session: { actor }, params, body, now, audit, waitUntil }) {
    const before = (await rulesOfMsp(env, actor.msp_id)).find(({ id }) => id === params.rule_id);
    if (!before) return notFound();
    const known = before.actions.assignee?.id;
    const patch = await withAssignee(env, actor.msp_id, "all companies", body, known);
    if (!patch.ok) return patch;
    const rule = { ...before, ...patch.value };
    const fine = compileCondition(rule.when);
    if (!fine.ok) return fine;
    const target = { type: "rule", id: rule.id, name: rule.name };
    const [was, is] = [saidByRule(before), saidByRule(rule)];
    await database(env).batch([
      putMspRule(env, actor.msp_id, rule, 0),
      oweAll(env, actor.msp_id, now),
      audit({ action: "msp_rule.changed", company_id: null, target, before: was, after: is }),
    ]);
    waitUntil(pushMspRules(env, actor.msp_id));
    return ok(mspRuleView(rule));
  },
});
