import { type WindowView, windowView } from "../../../core/policy/maintenance.ts";
import { route as define } from "../route.ts";
import { policyOf, theOne, windowParams } from "./of-company.ts";

export const route = define({
  method: "POST",
  path: "/api/companies/{id}/maintenance-windows/{window_id}/end",
  summary: "End the occurrence that goes on now; later ones stay",
  access: "noise.rules",
  audit: ["maintenance.ended_early"],
  params: windowParams,
  success: { status: 200, description: "the window as it is now", schema: windowView },
  errors: ["conflict"],
  async handler({ env, session: { actor }, params: { id, window_id } }) {
    return theOne<WindowView>(
      policyOf(env, id)?.changeRules(actor, { type: "end_window", id: window_id }),
      window_id,
    );
  },
});
