import * as z from "zod";
import { integrationOf, integrationSchema } from "../../../core/adapters/guide.ts";
import { ADAPTERS } from "../../../core/adapters/index.ts";
import { fail, ok } from "../../../core/errors.ts";
import { loadCompany } from "../../db/companies.ts";
import { route as define } from "../route.ts";

export const route = define({
  method: "GET",
  path: "/api/companies/{id}/integrations/{tool}",
  summary: "How one tool is pointed at a company; key and secret are placeholders",
  access: "company.read",
  params: z.object({ id: z.string(), tool: z.string() }),
  success: { status: 200, description: "what to do and what to paste", schema: integrationSchema },
  async handler({ env, session: { actor }, params, origin }) {
    const row = await loadCompany(env, actor, params.id);
    if (!row.ok) return row;
    const adapter = ADAPTERS.get(params.tool);
    if (!adapter) return fail("not_found", "There is no tool of this name.");
    return ok(integrationOf(adapter, origin, row.value.name));
  },
});
