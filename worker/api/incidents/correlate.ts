import * as z from "zod";
import { companyStub } from "../../company-stub.ts";
import { loadCompany } from "../../db/companies.ts";
import { route as define } from "../route.ts";

export const route = define({
  method: "POST",
  path: "/api/incidents/correlate",
  summary: "Group a company's waiting alerts now, at most 2,000 a call",
  access: "incidents.work",
  audit: ["incident.correlated"],
  body: z.object({ company_id: z.string() }),
  success: {
    status: 200,
    description: "what became of them",
    schema: z.object({
      placed: z.number().int().describe("alerts that got an incident"),
      left: z.number().int().describe("alerts that still wait; call again"),
    }),
  },
  errors: ["not_found"],
  async handler({ env, session: { actor }, body }) {
    const row = await loadCompany(env, actor, body.company_id);
    if (!row.ok) return row;
    return companyStub(env, row.value.id).correlate(actor);
  },
});
