import { sampleSchema } from "../../../core/dead-letter.ts";
import { route as define, idParams } from "../route.ts";
import { asPage, intakeOf, pageOf } from "./of-company.ts";

export const route = define({
  method: "GET",
  path: "/api/companies/{id}/mappings/bodies",
  summary: "The last bodies that the custom route received, to make a mapping from",
  access: "intake.read",
  params: idParams,
  success: { status: 200, description: "newest first, at most ten", schema: pageOf(sampleSchema) },
  async handler({ env, session: { actor }, params }) {
    return asPage(intakeOf(env, params.id)?.samples(actor));
  },
});
