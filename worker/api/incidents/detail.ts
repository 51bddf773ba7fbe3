import { incidentDetailSchema } from "../../../core/incident.ts";
import { memberStub, notFound } from "../../company-stub.ts";
import { route as define, idParams } from "../route.ts";

/** From the company's object, which checks the actor itself: a writer reads their own write. */
export const route = define({
  method: "GET",
  path: "/api/incidents/{id}",
  summary: "An incident with its alerts and timeline",
  access: "incidents.read",
  params: idParams,
  success: { status: 200, description: "the incident", schema: incidentDetailSchema },
  async handler({ env, session: { actor }, params }) {
    const company = memberStub(env, "incident", params.id);
    return company ? company.incident(actor, params.id) : notFound();
  },
});
