import { type WindowView, windowPatch, windowView } from "../../../core/policy/maintenance.ts";
import { route as define } from "../route.ts";
import { policyOf, theOne, windowParams } from "./of-company.ts";

export const route = define({
  method: "PATCH",
  path: "/api/companies/{id}/maintenance-windows/{window_id}",
  summary: "Change a maintenance window; what it holds now is judged anew",
  access: "noise.rules",
  audit: ["maintenance.changed"],
  params: windowParams,
  body: windowPatch,
  success: { status: 200, description: "the window as it is now", schema: windowView },
  async handler({ env, session: { actor }, params: { id, window_id }, body }) {
    const change = { type: "change_window" as const, id: window_id, patch: body };
    return theOne<WindowView>(policyOf(env, id)?.changeRules(actor, change), window_id);
  },
});
