import * as z from "zod";
import { incidentSchema } from "../../../core/incident.ts";
import { route as define, idParams } from "../route.ts";
import { command } from "./command.ts";

export const route = define({
  method: "POST",
  path: "/api/incidents/{id}/resolve",
  summary: "Close an incident, with notes on what was done",
  access: "incidents.work",
  audit: ["incident.resolved"],
  params: idParams,
  body: z.object({ notes: z.string().trim().max(4000).default("") }),
  success: { status: 200, description: "the incident as it is now", schema: incidentSchema },
  errors: ["conflict"],
  handler: ({ env, session, params, body }) =>
    command(env, session.actor, params.id, { type: "resolve", notes: body.notes }),
});
