import { alertSchema } from "../../../core/alert.ts";
import { memberStub, notFound } from "../../company-stub.ts";
import { route as define, idParams } from "../route.ts";

export const route = define({
  method: "GET",
  path: "/api/alerts/{id}",
  summary: "One alert",
  access: "alerts.read",
  params: idParams,
  success: { status: 200, description: "the alert", schema: alertSchema },
  async handler({ env, session: { actor }, params }) {
    const company = memberStub(env, "alert", params.id);
    return company ? company.alert(actor, params.id) : notFound();
  },
});
