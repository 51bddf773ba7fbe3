import { route as define } from "../route.ts";
import { done, policyOf, windowParams } from "./of-company.ts";

export const route = define({
  method: "DELETE",
  path: "/api/companies/{id}/maintenance-windows/{window_id}",
  summary: "Delete a maintenance window; if it goes on now, it ends",
  access: "noise.rules",
  audit: ["maintenance.deleted"],
  params: windowParams,
  success: { status: 204, description: "deleted" },
  async handler({ env, session: { actor }, params: { id, window_id } }) {
    return done(policyOf(env, id)?.changeRules(actor, { type: "delete_window", id: window_id }));
  },
});
