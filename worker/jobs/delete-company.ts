import type { Actor } from "../../core/actor.ts";
import { auditEntry } from "../../core/audit.ts";
import { chainNoted } from "../audit/chain.ts";
import { recordAuditStatement } from "../audit/record.ts";
import { companyFiles } from "../branding.ts";
import { companyStub, hubStub } from "../company-stub.ts";
import type { Env } from "../env.ts";
import { newId } from "../new-id.ts";
import { forgetPolicy } from "../webhooks/policy-cache.ts";
import { removePeople } from "./delete-people.ts";
import { Progress } from "./progress.ts";
import { announceJob, JobTaken, type OpenJob } from "./store.ts";

/** Rows one statement deletes. */
const SLICE = 500;
const DAY_MS = 86_400_000;
/** How long it can still be asked how a deletion went. */
const KEPT_MS = 30 * DAY_MS;

interface Doomed {
  env: Env;
  actor: Actor;
  msp_id: string;
  company_id: string;
}

/** Runs a statement that changes at most SLICE rows until none is left. */
async function untilNone(env: Env, sql: string, ...values: unknown[]): Promise<void> {
  const statement = env.DB.prepare(sql).bind(...values, SLICE);
  while ((await statement.run()).meta.changes > 0) {}
}

async function closeIntake({ env, actor, company_id, msp_id }: Doomed): Promise<void> {
  await env.DB.prepare(
    `UPDATE jobs SET status = 'failed', updated_at = ?3,
       data = json_set(data, '$.error', 'The company is being deleted.')
     WHERE company_id = ?1 AND msp_id = ?2 AND kind = 'export' AND status IN ('queued', 'running')`,
  )
    .bind(company_id, msp_id, Date.now())
    .run();
  await tolerateGone(companyStub(env, company_id).close(actor));
  forgetPolicy(company_id);
}

/** An object that is erased already answers that there is nothing here. */
async function tolerateGone(answer: ReturnType<ReturnType<typeof companyStub>["erase"]>): Promise<void> {
  const result = await answer;
  if (!result.ok && result.error.code !== "not_found") throw new Error(result.error.detail);
}

async function eraseObject({ env, actor, company_id }: Doomed): Promise<void> {
  await tolerateGone(companyStub(env, company_id).erase(actor));
}

async function eraseLists({ env, company_id }: Doomed): Promise<void> {
  await untilNone(
    env,
    "DELETE FROM incidents WHERE seq IN (SELECT seq FROM incidents WHERE company_id = ?1 LIMIT ?2)",
    company_id,
  );
  await untilNone(
    env,
    `DELETE FROM counters WHERE company_id = ?1 AND (hour, severity, tool) IN
       (SELECT hour, severity, tool FROM counters WHERE company_id = ?1 LIMIT ?2)`,
    company_id,
  );
}

async function eraseFiles({ env, msp_id, company_id }: Doomed): Promise<void> {
  const prefix = companyFiles(msp_id, company_id);
  for (;;) {
    const { objects } = await env.FILES.list({ prefix });
    if (objects.length === 0) return;
    await env.FILES.delete(objects.map((object) => object.key));
  }
}

async function eraseEvents({ env, msp_id, company_id }: Doomed): Promise<void> {
  await hubStub(env, msp_id).forgetCompany(msp_id, company_id);
}

/** What the entries say goes; that there were some, in which order, stays, and their hashes with it. */
async function eraseAudit({ env, company_id }: Doomed): Promise<void> {
  await untilNone(
    env,
    `UPDATE audit_entries SET payload = NULL WHERE id IN
       (SELECT id FROM audit_entries WHERE company_id = ?1 AND payload IS NOT NULL LIMIT ?2)`,
    company_id,
  );
}

/** In the order in which nothing that is still there can bring back what is gone. */
const STEPS: readonly [text: string, work: (doomed: Doomed) => Promise<void>][] = [
  ["Closing the intake.", closeIntake],
  ["Erasing alerts, incidents, assets and settings.", eraseObject],
  ["Erasing the lists and figures.", eraseLists],
  ["Erasing files.", eraseFiles],
  ["Erasing the live stream's memory.", eraseEvents],
  ["Removing people and invitations.", removePeople],
  ["Erasing what the audit log says.", eraseAudit],
];

/** All at once: the company's last rows, the note that it is gone, and that this is done. */
async function finish(doomed: Doomed, job: OpenJob): Promise<void> {
  const { env, actor, msp_id, company_id } = doomed;
  const now = Date.now();
  const { total } = job.data.progress;
  job.data = {
    ...job.data,
    company_name: "",
    progress: { done: total, total, text: "Deleted; nothing of the company is left." },
  };
  const note = {
    action: "company.deleted",
    company_id,
    target: { type: "company", id: company_id },
    after: { erased: STEPS.map(([text]) => text) },
  };
  const [mine] = await env.DB.batch([
    env.DB.prepare(
      `UPDATE jobs SET status = 'done', company_id = NULL, data = ?2, updated_at = ?3, expires_at = ?4
       WHERE id = ?1 AND status = 'running' AND attempts = ?5`,
    ).bind(job.id, JSON.stringify(job.data), now, now + KEPT_MS, job.attempts),
    env.DB.prepare("DELETE FROM jobs WHERE company_id = ?1 AND id <> ?2").bind(company_id, job.id),
    env.DB.prepare("DELETE FROM user_companies WHERE company_id = ?1").bind(company_id),
    env.DB.prepare("DELETE FROM msp_rule_pushes WHERE company_id = ?1").bind(company_id),
    env.DB.prepare("DELETE FROM companies WHERE id = ?1 AND msp_id = ?2").bind(company_id, msp_id),
    recordAuditStatement(env.DB, [auditEntry(newId("au"), actor, note, now)]),
  ]);
  if (mine?.meta.changes === 0) throw new JobTaken();
  await chainNoted(env, [msp_id]);
  await announceJob(env, { ...job, status: "done", updated_at: now, expires_at: null });
}

/** Deletes a company everywhere, step by step; each step can be done again, so a run that died is gone on with. */
export async function deleteCompany(env: Env, job: OpenJob): Promise<void> {
  const { actor } = job.data;
  const doomed: Doomed = { env, actor, msp_id: job.msp_id, company_id: job.company_id ?? "" };
  const progress = new Progress(env, job);
  progress.total = STEPS.length + 1;
  for (const [i, [text, work]] of STEPS.entries()) {
    await progress.step(text, i);
    await work(doomed);
  }
  await progress.step("Deleting the company itself.", STEPS.length);
  await finish(doomed, job);
}
