import * as z from "zod";
import { incidentSchema } from "../../../core/incident.ts";
import { route as define, idParams } from "../route.ts";
import { regroup } from "./regroup.ts";

export const route = define({
  method: "POST",
  path: "/api/incidents/{id}/split",
  summary: "Take alerts out of an incident into one of their own",
  access: "incidents.work",
  audit: ["incident.split"],
  params: idParams,
  body: z.object({
    alert_ids: z.array(z.string()).min(1).max(1000),
    title: z.string().trim().max(200).nullable().default(null).describe("null: named after its alerts"),
  }),
  success: { status: 200, description: "the new incident", schema: incidentSchema },
  errors: ["conflict"],
  handler: ({ env, session, params, body }) =>
    regroup(env, session.actor, params.id, { type: "split", ...body }),
});
