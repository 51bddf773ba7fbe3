import { portalDetailSchema } from "../../../core/portal.ts";
import { memberStub, notFound } from "../../company-stub.ts";
import { route as define, idParams } from "../route.ts";

export const route = define({
  method: "GET",
  path: "/api/portal/incidents/{id}",
  summary: "An incident as the client sees it, with the public part of what happened",
  access: "portal.read",
  params: idParams,
  success: { status: 200, description: "the incident", schema: portalDetailSchema },
  async handler({ env, session: { actor }, params }) {
    const company = memberStub(env, "incident", params.id);
    return company ? company.portalIncident(actor, params.id) : notFound();
  },
});
