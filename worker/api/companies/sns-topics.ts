import { snsTopicsSchema } from "../../../core/sns.ts";
import { companyStub } from "../../company-stub.ts";
import { loadCompany } from "../../db/companies.ts";
import { route as define, idParams } from "../route.ts";

export const route = define({
  method: "GET",
  path: "/api/companies/{id}/sns-topics",
  summary: "Topics of Amazon SNS that deliver here, wait for approval or were removed, newest first",
  access: "company.read",
  params: idParams,
  success: { status: 200, description: "a list in one page", schema: snsTopicsSchema },
  async handler({ env, session: { actor }, params }) {
    const row = await loadCompany(env, actor, params.id);
    return row.ok ? companyStub(env, row.value.id).snsTopics(actor) : row;
  },
});
