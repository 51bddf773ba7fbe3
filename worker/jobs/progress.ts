import type { Env } from "../env.ts";
import { announceJob, type OpenJob, saveJob } from "./store.ts";

/** Told and written at most this often: a row each. */
const EVERY_MS = 500;

/** How far a job is, for its watchers and as its sign of life. */
export class Progress {
  private savedAt = 0;
  private env: Env;
  private job: OpenJob;

  constructor(env: Env, job: OpenJob) {
    this.env = env;
    this.job = job;
  }

  set total(total: number) {
    this.job.data.progress.total = total;
  }

  get done(): number {
    return this.job.data.progress.done;
  }

  /** @throws JobTaken where this run has lost the job */
  async step(text: string, done: number): Promise<void> {
    this.job.data.progress = { ...this.job.data.progress, done, text };
    await this.save();
  }

  /** `by` more are done; written when its time has come. */
  async add(by: number): Promise<void> {
    this.job.data.progress.done += by;
    if (Date.now() - this.savedAt >= EVERY_MS) await this.save();
  }

  async save(): Promise<void> {
    this.savedAt = Date.now();
    await saveJob(this.env, this.job, "running", this.savedAt);
    await announceJob(this.env, this.job);
  }
}
