import * as z from "zod";
import { integrationRow, integrationRowSchema } from "../../../core/adapters/guide.ts";
import { ADAPTERS } from "../../../core/adapters/index.ts";
import { ok } from "../../../core/errors.ts";
import { loadCompany } from "../../db/companies.ts";
import { route as define, idParams } from "../route.ts";

export const route = define({
  method: "GET",
  path: "/api/companies/{id}/integrations",
  summary: "The tools whose own payloads are understood",
  access: "company.read",
  params: idParams,
  success: {
    status: 200,
    description: "the tools, in the order people are shown them",
    schema: z.object({ items: z.array(integrationRowSchema), next_cursor: z.null() }),
  },
  async handler({ env, session: { actor }, params }) {
    const row = await loadCompany(env, actor, params.id);
    if (!row.ok) return row;
    return ok({ items: [...ADAPTERS.values()].map(integrationRow), next_cursor: null });
  },
});
