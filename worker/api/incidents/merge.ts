import * as z from "zod";
import { incidentSchema } from "../../../core/incident.ts";
import { route as define, idParams } from "../route.ts";
import { regroup } from "./regroup.ts";

export const route = define({
  method: "POST",
  path: "/api/incidents/{id}/merge",
  summary: "Make other open incidents of the company part of this one",
  access: "incidents.work",
  audit: ["incident.merged"],
  params: idParams,
  body: z.object({ incident_ids: z.array(z.string()).min(1).max(50) }),
  success: { status: 200, description: "the incident as it is now", schema: incidentSchema },
  errors: ["conflict"],
  handler: ({ env, session, params, body }) =>
    regroup(env, session.actor, params.id, { type: "merge", ...body }),
});
