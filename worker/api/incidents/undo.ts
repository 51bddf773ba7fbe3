import * as z from "zod";
import { incidentSchema } from "../../../core/incident.ts";
import { route as define, idParams } from "../route.ts";
import { regroup } from "./regroup.ts";

export const route = define({
  method: "POST",
  path: "/api/incidents/{id}/undo",
  summary: "Take back the newest merge or split of an incident",
  access: "incidents.work",
  audit: ["incident.regrouping_undone"],
  params: idParams,
  body: z.object({}),
  success: { status: 200, description: "the incident as it is now", schema: incidentSchema },
  errors: ["conflict"],
  handler: ({ env, session, params }) => regroup(env, session.actor, params.id, { type: "undo" }),
});
