import { correctionView } from "../../../core/policy/correction.ts";
import { route as define, idParams } from "../route.ts";
import { asPage, pageOf, policyOf } from "./of-company.ts";

export const route = define({
  method: "GET",
  path: "/api/companies/{id}/corrections",
  summary: "How the company wants signatures classified",
  access: "noise.read",
  params: idParams,
  success: { status: 200, description: "a list in one page", schema: pageOf(correctionView) },
  async handler({ env, session: { actor }, params }) {
    return asPage(policyOf(env, params.id)?.policyList(actor, "corrections"));
  },
});
