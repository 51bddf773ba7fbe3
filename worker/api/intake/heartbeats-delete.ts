import { route as define } from "../route.ts";
import { done, intakeOf, itemParams } from "./of-company.ts";

export const route = define({
  method: "DELETE",
  path: "/api/companies/{id}/heartbeats/{item_id}",
  summary: "Expect a heartbeat no longer",
  access: "intake.set_up",
  audit: ["heartbeat.deleted"],
  params: itemParams,
  success: { status: 204, description: "gone; an alert of its absence is over" },
  async handler({ env, session: { actor }, params: { id, item_id } }) {
    return done(intakeOf(env, id)?.changeHeartbeats(actor, { type: "delete", id: item_id }));
  },
});
