import type { RunnerRpc } from "../../durable-objects/job-runner.ts";
import type { Env } from "../env.ts";
import { describeError, log } from "../log.ts";

/** Has a job's runner begin. Never throws: a job that nobody began, the sweep finds. */
export async function startJob(env: Env, id: string): Promise<void> {
  try {
    const runner = env.JOB_RUNNER.get(env.JOB_RUNNER.idFromName(id)) as unknown as RunnerRpc;
    await runner.start(id);
  } catch (error) {
    log("job_not_started", { error: describeError(error) });
  }
}
