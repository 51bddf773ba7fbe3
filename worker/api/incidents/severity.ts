import * as z from "zod";
import { incidentSchema } from "../../../core/incident.ts";
import { SEVERITIES } from "../../../core/severity.ts";
import { route as define, idParams } from "../route.ts";
import { regroup } from "./regroup.ts";

export const route = define({
  method: "POST",
  path: "/api/incidents/{id}/severity",
  summary: "Say how severe an incident is",
  access: "incidents.work",
  audit: ["incident.severity_set"],
  params: idParams,
  body: z.object({ severity: z.enum(SEVERITIES) }),
  success: { status: 200, description: "the incident as it is now", schema: incidentSchema },
  errors: ["conflict"],
  handler: ({ env, session, params, body }) =>
    regroup(env, session.actor, params.id, { type: "severity", ...body }),
});
