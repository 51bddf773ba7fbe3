import { fail, ok } from "../../../core/errors.ts";
import { jobSchema } from "../../../core/job.ts";
import { previewInput, RANGE_MAX_DAYS } from "../../../core/replay/request.ts";
import { loadCompany } from "../../db/companies.ts";
import { database } from "../../db/database.ts";
import { jobs } from "../../db/schema.ts";
import { cancelOwnPreviews, openPreviews } from "../../jobs/cancel.ts";
import { startJob } from "../../jobs/start.ts";
import { jobView, newJob } from "../../jobs/store.ts";
import { newId } from "../../new-id.ts";
import { route as define } from "../route.ts";

const DAY_MS = 86_400_000;
/** Of a company at once, each by somebody else. */
const OPEN_MAX = 4;

export const route = define({
  method: "POST",
  path: "/api/correlation/preview",
  summary:
    "What if: replays a company's alerts under other settings and rules; one's own that is under way ends",
  access: "company.read",
  audit: { none: "it changes nothing of the company" },
  body: previewInput,
  success: {
    status: 202,
    description: "the job; GET /api/jobs/{id}/result once it is done",
    schema: jobSchema,
  },
  errors: ["not_found", "conflict"],
  async handler({ env, session: { actor }, body, now }) {
    const row = await loadCompany(env, actor, body.company_id);
    if (!row.ok) return row;
    const [from, to] = [Date.parse(body.from), Date.parse(body.to)];
    if (from >= to)
      return fail("validation_failed", "`from` must lie before `to`.", { fields: { from: "not before to" } });
    if (to - from > RANGE_MAX_DAYS * DAY_MS) {
      const fields = { from: `at most ${RANGE_MAX_DAYS} days before to` };
      return fail("validation_failed", "The time is too long.", { fields });
    }
    await cancelOwnPreviews(env, row.value.id, actor.user_id, now);
    if ((await openPreviews(env, row.value.id)) >= OPEN_MAX)
      return fail("conflict", "Colleagues are trying settings of this company; wait for one to be done.");
    const job = newJob(newId("job"), "preview", row.value, actor, now);
    job.data.preview = body;
    await database(env).insert(jobs).values(job);
    await startJob(env, job.id);
    return ok(jobView(job));
  },
});
