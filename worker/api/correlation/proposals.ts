import * as z from "zod";
import { ok } from "../../../core/errors.ts";
import { proposalSchema } from "../../../core/learning/propose.ts";
import { companyStub } from "../../company-stub.ts";
import { loadCompany } from "../../db/companies.ts";
import { route as define, idParams } from "../route.ts";

export const route = define({
  method: "GET",
  path: "/api/companies/{id}/correlation/proposals",
  summary: "Rules that a company's own past suggests, with their evidence, the best supported first",
  access: "company.read",
  params: idParams,
  success: {
    status: 200,
    description: "a list in one page",
    schema: z.object({ items: z.array(proposalSchema), next_cursor: z.null() }),
  },
  async handler({ env, session: { actor }, params }) {
    const row = await loadCompany(env, actor, params.id);
    if (!row.ok) return row;
    const found = await companyStub(env, row.value.id).proposals(actor);
    return found.ok ? ok({ items: found.value, next_cursor: null }) : found;
  },
});
