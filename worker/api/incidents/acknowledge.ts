import * as z from "zod";
import { incidentSchema } from "../../../core/incident.ts";
import { route as define, idParams } from "../route.ts";
import { command } from "./command.ts";

export const route = define({
  method: "POST",
  path: "/api/incidents/{id}/acknowledge",
  summary: "Say that you have seen it and take care",
  access: "incidents.work",
  audit: ["incident.acknowledged"],
  params: idParams,
  body: z.object({}),
  success: { status: 200, description: "the incident as it is now", schema: incidentSchema },
  errors: ["conflict"],
  handler: ({ env, session, params }) => command(env, session.actor, params.id, { type: "acknowledge" }),
});
