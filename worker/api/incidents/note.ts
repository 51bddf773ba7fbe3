import * as z from "zod";
import { incidentSchema } from "../../../core/incident.ts";
import { route as define, idParams } from "../route.ts";
import { command } from "./command.ts";

export const route = define({
  method: "POST",
  path: "/api/incidents/{id}/note",
  summary: "Write a note on an incident; the client sees it only where `public` says so",
  access: "incidents.work",
  audit: ["incident.noted"],
  params: idParams,
  body: z.object({
    text: z.string().trim().min(1, "write something").max(4000),
    public: z.boolean().default(false).describe("shown on the client's portal"),
  }),
  success: { status: 200, description: "the incident as it is now", schema: incidentSchema },
  handler: ({ env, session, params, body }) =>
    command(env, session.actor, params.id, { type: "note", ...body }),
});
