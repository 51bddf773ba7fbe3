import { ruleView } from "../../../core/policy/rule.ts";
import { companyStub } from "../../company-stub.ts";
import { loadCompany } from "../../db/companies.ts";
import { newId } from "../../new-id.ts";
import { route as define } from "../route.ts";
import { proposalParams } from "./proposal-params.ts";

export const route = define({
  method: "POST",
  path: "/api/companies/{id}/correlation/proposals/{proposal_id}/accept",
  summary: "Make a proposal a rule, after the company's others",
  access: "noise.rules",
  audit: ["rule.created"],
  params: proposalParams,
  success: { status: 201, description: "the rule", schema: ruleView },
  errors: ["conflict"],
  async handler({ env, session: { actor }, params }) {
    const row = await loadCompany(env, actor, params.id);
    if (!row.ok) return row;
    return companyStub(env, row.value.id).acceptProposal(actor, params.proposal_id, newId("ru"));
  },
});
