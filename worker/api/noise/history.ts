import { heldView } from "../../../core/policy/maintenance.ts";
import { route as define, idParams } from "../route.ts";
import { asPage, pageOf, policyOf } from "./of-company.ts";

export const route = define({
  method: "GET",
  path: "/api/companies/{id}/held-alerts",
  summary: "What silences, maintenance windows and changed rules held, and what became of it",
  access: "noise.read",
  params: idParams,
  success: { status: 200, description: "a list in one page", schema: pageOf(heldView) },
  async handler({ env, session: { actor }, params }) {
    return asPage(policyOf(env, params.id)?.policyList(actor, "history"));
  },
});
