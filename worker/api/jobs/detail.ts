import { ok } from "../../../core/errors.ts";
import { jobSchema } from "../../../core/job.ts";
import { loadVisibleJob } from "../../jobs/load-visible.ts";
import { jobView } from "../../jobs/store.ts";
import { route as define, idParams } from "../route.ts";

export const route = define({
  method: "GET",
  path: "/api/jobs/{id}",
  summary: "How far an export, a deletion or a what-if is",
  access: "company.read",
  params: idParams,
  success: { status: 200, description: "the job", schema: jobSchema },
  async handler({ env, session: { actor }, params }) {
    const row = await loadVisibleJob(env, actor, params.id);
    return row.ok ? ok(jobView(row.value)) : row;
  },
});
