import { mappingView } from "../../../core/mapping/mapping.ts";
import { route as define, idParams } from "../route.ts";
import { asPage, intakeOf, pageOf } from "./of-company.ts";

export const route = define({
  method: "GET",
  path: "/api/companies/{id}/mappings",
  summary: "How bodies of the custom route become alerts, in the order they are tried",
  access: "intake.read",
  params: idParams,
  success: { status: 200, description: "a list in one page", schema: pageOf(mappingView) },
  async handler({ env, session: { actor }, params }) {
    return asPage(intakeOf(env, params.id)?.mappings(actor));
  },
});
