import type { Env } from "../env.ts";
import { describeError, log } from "../log.ts";
import { deleteCompany } from "./delete-company.ts";
import { exportCompany } from "./export-company.ts";
import { previewCompany } from "./preview-company.ts";
import { ATTEMPTS_MAX, announceJob, claimJob, JobTaken, type OpenJob, saveJob } from "./store.ts";

const RETRY_MS = 2000;

const GIVEN_UP = {
  export: "The export failed several times. Try again later; nothing was changed.",
  preview: "The what-if failed several times. Try a shorter time; nothing was changed.",
  deletion:
    "The deletion failed several times and is incomplete; the intake stays closed. Delete the company again to go on.",
} as const;

const WORK = { export: exportCompany, deletion: deleteCompany, preview: previewCompany } as const;

async function fail(env: Env, job: OpenJob): Promise<null> {
  job.data.error = GIVEN_UP[job.kind];
  await saveJob(env, job, "failed", Date.now());
  await announceJob(env, job);
  return null;
}

/**
 * Works on a job until it is done. Answers when to call again, epoch ms, or null when there is nothing left
 * to do. Throws when even that could not be written down; the sweep then finds the job.
 */
export async function runJob(env: Env, id: string): Promise<number | null> {
  const job = await claimJob(env, id, Date.now());
  if (!job) return null;
  try {
    if (job.attempts > ATTEMPTS_MAX) return await fail(env, job);
    await WORK[job.kind](env, job);
    return null;
  } catch (error) {
    if (error instanceof JobTaken) return null;
    log("job_failed", { kind: job.kind, attempt: job.attempts, error: describeError(error) });
    if (job.attempts >= ATTEMPTS_MAX) return fail(env, job);
    await saveJob(env, job, "queued", Date.now());
    return Date.now() + RETRY_MS * job.attempts;
  }
}
