import { companyIntakeSchema } from "../../../core/rejection.ts";
import { companyStub } from "../../company-stub.ts";
import { loadCompany } from "../../db/companies.ts";
import { route as define, idParams } from "../route.ts";

export const route = define({
  method: "GET",
  path: "/api/companies/{id}/intake",
  summary: "Whether a company's alerts arrive",
  access: "company.read",
  params: idParams,
  success: { status: 200, description: "the state of its intake", schema: companyIntakeSchema },
  async handler({ env, session: { actor }, params }) {
    const row = await loadCompany(env, actor, params.id);
    return row.ok ? companyStub(env, row.value.id).intakeState(actor) : row;
  },
});
