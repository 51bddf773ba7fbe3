import { fail, ok } from "../../../core/errors.ts";
import { jobSchema } from "../../../core/job.ts";
import { cancelPreview } from "../../jobs/cancel.ts";
import { loadVisibleJob } from "../../jobs/load-visible.ts";
import { jobView } from "../../jobs/store.ts";
import { route as define, idParams } from "../route.ts";

export const route = define({
  method: "POST",
  path: "/api/jobs/{id}/cancel",
  summary: "End a what-if that is under way; one that is closed already stays as it is",
  access: "company.read",
  audit: { none: "a what-if changes nothing of the company" },
  params: idParams,
  success: { status: 200, description: "the job", schema: jobSchema },
  errors: ["conflict"],
  async handler({ env, session: { actor }, params, now }) {
    const row = await loadVisibleJob(env, actor, params.id);
    if (!row.ok) return row;
    if (row.value.kind !== "preview") return fail("conflict", "Exports and deletions cannot be cancelled.");
    return ok(jobView(await cancelPreview(env, row.value, now)));
  },
});
