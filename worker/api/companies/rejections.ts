import * as z from "zod";
import { ok } from "../../../core/errors.ts";
import { rejectionSchema } from "../../../core/rejection.ts";
import { companyStub } from "../../company-stub.ts";
import { loadCompany } from "../../db/companies.ts";
import { route as define, idParams } from "../route.ts";

export const route = define({
  method: "GET",
  path: "/api/companies/{id}/rejections",
  summary: "The last 50 refused deliveries, newest first, and why each was",
  access: "company.read",
  params: idParams,
  success: {
    status: 200,
    description: "a list in one page",
    schema: z.object({ items: z.array(rejectionSchema), next_cursor: z.null() }),
  },
  async handler({ env, session: { actor }, params }) {
    const row = await loadCompany(env, actor, params.id);
    if (!row.ok) return row;
    const items = await companyStub(env, row.value.id).rejections(actor);
    return items.ok ? ok({ items: items.value, next_cursor: null }) : items;
  },
});
