import * as z from "zod";
import { incidentSchema } from "../../../core/incident.ts";
import { route as define, idParams } from "../route.ts";
import { command } from "./command.ts";

export const route = define({
  method: "POST",
  path: "/api/incidents/{id}/reopen",
  summary: "Open a resolved incident again, saying why",
  access: "incidents.work",
  audit: ["incident.reopened"],
  params: idParams,
  body: z.object({ reason: z.string().trim().max(1000).default("") }),
  success: { status: 200, description: "the incident as it is now", schema: incidentSchema },
  errors: ["conflict"],
  handler: ({ env, session, params, body }) =>
    command(env, session.actor, params.id, { type: "reopen", reason: body.reason }),
});
