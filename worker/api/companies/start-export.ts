import { ok } from "../../../core/errors.ts";
import { jobSchema } from "../../../core/job.ts";
import { loadCompany } from "../../db/companies.ts";
import { database } from "../../db/database.ts";
import { jobs } from "../../db/schema.ts";
import { startJob } from "../../jobs/start.ts";
import { jobView, newJob, openJobOf } from "../../jobs/store.ts";
import { newId } from "../../new-id.ts";
import { route as define, idParams } from "../route.ts";

export const route = define({
  method: "POST",
  path: "/api/companies/{id}/exports",
  summary:
    "Write everything of a company into a zip of JSON and CSV; the export that is under way, where there is one",
  access: "company.export",
  audit: ["company.export_started"],
  params: idParams,
  success: { status: 202, description: "the job", schema: jobSchema },
  async handler({ env, session: { actor }, params, now, audit }) {
    const row = await loadCompany(env, actor, params.id);
    if (!row.ok) return row;
    const { id, name } = row.value;
    const open = await openJobOf(env, id, "export");
    if (open) return ok(jobView(open));
    const job = newJob(newId("job"), "export", row.value, actor, now);
    const target = { type: "company", id, name };
    const note = { action: "company.export_started", company_id: id, target, after: { job_id: job.id } };
    await database(env).batch([database(env).insert(jobs).values(job), audit(note)]);
    await startJob(env, job.id);
    return ok(jobView(job));
  },
});
