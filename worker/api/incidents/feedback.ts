import * as z from "zod";
import { incidentSchema } from "../../../core/incident.ts";
import { route as define, idParams } from "../route.ts";
import { regroup } from "./regroup.ts";

export const route = define({
  method: "POST",
  path: "/api/incidents/{id}/feedback",
  summary: "Say whether alerts are rightly one incident; grouping learns from it",
  access: "incidents.work",
  audit: ["incident.feedback_given"],
  params: idParams,
  body: z.object({
    good: z.boolean(),
    comment: z.string().trim().max(1000).default(""),
    alert_ids: z.array(z.string()).max(1000).default([]).describe("none: all of its alerts"),
  }),
  success: { status: 200, description: "the incident as it is now", schema: incidentSchema },
  errors: ["conflict"],
  handler: ({ env, session, params, body }) =>
    regroup(env, session.actor, params.id, { type: "feedback", ...body }),
});
