import { silenceView } from "../../../core/policy/silence.ts";
import { route as define, idParams } from "../route.ts";
import { asPage, pageOf, policyOf } from "./of-company.ts";

export const route = define({
  method: "GET",
  path: "/api/companies/{id}/silences",
  summary: "The company's silences, newest first; ended ones for 30 days",
  access: "noise.read",
  params: idParams,
  success: { status: 200, description: "a list in one page", schema: pageOf(silenceView) },
  async handler({ env, session: { actor }, params }) {
    return asPage(policyOf(env, params.id)?.policyList(actor, "silences"));
  },
});
