import * as z from "zod";
import { fail, ok } from "../../../core/errors.ts";
import { jobSchema } from "../../../core/job.ts";
import { loadCompany } from "../../db/companies.ts";
import { database } from "../../db/database.ts";
import { jobs } from "../../db/schema.ts";
import { startJob } from "../../jobs/start.ts";
import { jobView, newJob, openJobOf } from "../../jobs/store.ts";
import { newId } from "../../new-id.ts";
import { route as define, idParams } from "../route.ts";

export const route = define({
  method: "DELETE",
  path: "/api/companies/{id}",
  summary: "Delete a company and everything of it, everywhere; there is no way back",
  access: "company.delete",
  audit: ["company.deletion_started", "company.closed", "company.deleted"],
  params: idParams,
  body: z.object({ confirm_name: z.string().max(200).describe("the company's name, as it is written") }),
  success: { status: 202, description: "the job; its steps are its progress", schema: jobSchema },
  async handler({ env, session: { actor }, params, body, now, audit }) {
    const row = await loadCompany(env, actor, params.id);
    if (!row.ok) return row;
    const { id, name } = row.value;
    if (body.confirm_name.trim() !== name)
      return fail("validation_failed", "That is not the company's name.", {
        fields: { confirm_name: `write "${name}" to delete it` },
      });
    const open = await openJobOf(env, id, "deletion");
    if (open) return ok(jobView(open));
    const job = newJob(newId("job"), "deletion", row.value, actor, now);
    const target = { type: "company", id, name };
    const note = { action: "company.deletion_started", company_id: id, target, after: { job_id: job.id } };
    await database(env).batch([database(env).insert(jobs).values(job), audit(note)]);
    await startJob(env, job.id);
    return ok(jobView(job));
  },
});
