import { companyStub } from "../../company-stub.ts";
import { loadCompany } from "../../db/companies.ts";
import { route as define } from "../route.ts";
import { proposalParams } from "./proposal-params.ts";

export const route = define({
  method: "POST",
  path: "/api/companies/{id}/correlation/proposals/{proposal_id}/dismiss",
  summary: "Never propose this again",
  access: "noise.rules",
  audit: ["correlation.proposal_dismissed"],
  params: proposalParams,
  success: { status: 204, description: "dismissed" },
  async handler({ env, session: { actor }, params }) {
    const row = await loadCompany(env, actor, params.id);
    if (!row.ok) return row;
    return companyStub(env, row.value.id).dismissProposal(actor, params.proposal_id);
  },
});
