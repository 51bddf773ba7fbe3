import * as z from "zod";
import { fail, ok } from "../../../core/errors.ts";
import { MSP_RULES_MAX, ruleView } from "../../../core/policy/rule.ts";
import { database } from "../../db/database.ts";
import { pushMspRules } from "../../msp-rules/push.ts";
import { mspRuleView, orderMspRules, oweAll, rulesOfMsp } from "../../msp-rules/store.ts";
import { pageOf } from "../noise/of-company.ts";
import { route as define } from "../route.ts";

export const route = define({
  method: "POST",
  path: "/api/msp/rules/order",
  summary: "Put the MSP's rules for all companies into another order",
  access: "msp.settings",
  audit: ["msp_rule.reordered"],
  body: z.object({ ids: z.array(z.string().max(60)).max(MSP_RULES_MAX).describe("of all of them") }),
  success: { status: 200, description: "all of them in their new order", schema: pageOf(ruleView) },
  errors: ["conflict"],
  async handler({ env, session: { actor }, body: { ids }, now, audit, waitUntil }) {
    const before = await rulesOfMsp(env, actor.msp_id);
    const known = before.map(({ id }) => id);
    if (ids.length !== known.length || new Set([...ids, ...known]).size !== known.length)
      return fail("conflict", "The rules were changed meanwhile; look at what they are now.", {
        current: known,
      });
    const target = { type: "msp", id: actor.msp_id };
    await database(env).batch([
      orderMspRules(env, actor.msp_id, ids),
      oweAll(env, actor.msp_id, now),
      audit({ action: "msp_rule.reordered", company_id: null, target, before: known, after: ids }),
    ]);
    waitUntil(pushMspRules(env, actor.msp_id));
    return ok({ items: (await rulesOfMsp(env, actor.msp_id)).map(mspRuleView), next_cursor: null });
  },
});
