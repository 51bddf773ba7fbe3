import { windowView } from "../../../core/policy/maintenance.ts";
import { route as define, idParams } from "../route.ts";
import { asPage, pageOf, policyOf } from "./of-company.ts";

export const route = define({
  method: "GET",
  path: "/api/companies/{id}/maintenance-windows",
  summary: "The company's maintenance windows with their next occurrences",
  access: "noise.read",
  params: idParams,
  success: { status: 200, description: "a list in one page", schema: pageOf(windowView) },
  async handler({ env, session: { actor }, params }) {
    return asPage(policyOf(env, params.id)?.policyList(actor, "windows"));
  },
});
