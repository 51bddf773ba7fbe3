import { type HeartbeatView, heartbeatPatch, heartbeatView } from "../../../core/heartbeat.ts";
import { route as define } from "../route.ts";
import { intakeOf, itemParams, theOne } from "./of-company.ts";

export const route = define({
  method: "PATCH",
  path: "/api/companies/{id}/heartbeats/{item_id}",
  summary: "Change a heartbeat, pause it, or watch it again",
  access: "intake.set_up",
  audit: ["heartbeat.changed"],
  params: itemParams,
  body: heartbeatPatch,
  success: { status: 200, description: "the heartbeat as it is now", schema: heartbeatView },
  async handler({ env, session: { actor }, params: { id, item_id }, body }) {
    const patch = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
    const change = { type: "change" as const, id: item_id, patch };
    return theOne<HeartbeatView>(intakeOf(env, id)?.changeHeartbeats(actor, change), item_id);
  },
});
