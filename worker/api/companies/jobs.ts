import * as z from "zod";
import { ok } from "../../../core/errors.ts";
import { jobSchema } from "../../../core/job.ts";
import { loadCompany } from "../../db/companies.ts";
import { jobsOf, jobView } from "../../jobs/store.ts";
import { route as define, idParams } from "../route.ts";

const NEWEST = 50;

export const route = define({
  method: "GET",
  path: "/api/companies/{id}/jobs",
  summary: "The newest exports and deletions of a company",
  access: "company.export",
  params: idParams,
  success: {
    status: 200,
    description: "a list in one page, newest first",
    schema: z.object({ items: z.array(jobSchema), next_cursor: z.null() }),
  },
  async handler({ env, session: { actor }, params }) {
    const row = await loadCompany(env, actor, params.id);
    if (!row.ok) return row;
    const found = await jobsOf(env, row.value.id, NEWEST);
    return ok({ items: found.map(jobView), next_cursor: null });
  },
});
