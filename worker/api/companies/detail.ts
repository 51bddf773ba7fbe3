import { companyDetailSchema } from "../../../core/company.ts";
import { ok } from "../../../core/errors.ts";
import { companyDetail } from "../../company-detail.ts";
import { companyStub } from "../../company-stub.ts";
import { loadCompany } from "../../db/companies.ts";
import { route as define, idParams } from "../route.ts";

export const route = define({
  method: "GET",
  path: "/api/companies/{id}",
  summary: "A company with its settings and the state of its intake",
  access: "company.read",
  params: idParams,
  success: { status: 200, description: "the company", schema: companyDetailSchema },
  async handler({ env, session: { actor }, params, origin, now }) {
    const row = await loadCompany(env, actor, params.id);
    if (!row.ok) return row;
    const state = await companyStub(env, row.value.id).state(actor);
    if (!state.ok) return state;
    return ok(await companyDetail(env, row.value, state.value, origin, now));
  },
});
