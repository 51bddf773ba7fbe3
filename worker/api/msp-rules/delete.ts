import * as z from "zod";
import { ok } from "../../../core/errors.ts";
import { notFound } from "../../company-stub.ts";
import { database } from "../../db/database.ts";
import { pushMspRules } from "../../msp-rules/push.ts";
import { dropMspRule, oweAll, rulesOfMsp, saidByRule } from "../../msp-rules/store.ts";
import { route as define } from "../route.ts";

export const route = define({
  method: "DELETE",
  path: "/api/msp/rules/{rule_id}",
  summary: "Delete a rule for all companies of the MSP",
  access: "msp.settings",
  audit: ["msp_rule.deleted"],
  params: z.object({ rule_id: z.string() }),
  success: { status: 204, description: "deleted" },
  async handler({ env, session: { actor }, params, now, audit, waitUntil }) {
    const before = (await rulesOfMsp(env, actor.msp_id)).find(({ id }) => id === params.rule_id);
    if (!before) return notFound();
    const target = { type: "rule", id: before.id, name: before.name };
    await database(env).batch([
      dropMspRule(env, actor.msp_id, before.id),
      oweAll(env, actor.msp_id, now),
      audit({ action: "msp_rule.deleted", company_id: null, target, before: saidByRule(before) }),
    ]);
    waitUntil(pushMspRules(env, actor.msp_id));
    return ok(null);
  },
});
