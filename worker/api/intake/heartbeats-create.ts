import { type HeartbeatView, heartbeatInput, heartbeatView } from "../../../core/heartbeat.ts";
import { newId } from "../../new-id.ts";
import { route as define, idParams } from "../route.ts";
import { intakeOf, theOne } from "./of-company.ts";

export const route = define({
  method: "POST",
  path: "/api/companies/{id}/heartbeats",
  summary: "Expect a heartbeat; when it stays away an alert is raised",
  access: "intake.set_up",
  audit: ["heartbeat.created"],
  params: idParams,
  body: heartbeatInput,
  success: { status: 201, description: "the heartbeat", schema: heartbeatView },
  errors: ["conflict"],
  async handler({ env, session: { actor }, params, body }) {
    const id = newId("hb");
    const change = { type: "create" as const, id, input: body };
    return theOne<HeartbeatView>(intakeOf(env, params.id)?.changeHeartbeats(actor, change), id);
  },
});
