import { DurableObject } from "cloudflare:workers";

/** An alarm set inside an alarm for this very moment can be dropped. */
const SOONEST_MS = 50;
/** After a run that could not even say how it went. */
const AFTER_FAILURE_MS = 10_000;

/** What a runner needs from outside. */
export interface RunnerPorts {
  /** Works on the job; answers when to call again, epoch ms, or null once it is closed. */
  runJob(id: string): Promise<number | null>;
  log(event: string, error: unknown): void;
}

export interface RunnerRpc {
  /** Begins, or goes on after a crash; harmless while it runs. */
  start(jobId: string): Promise<void>;
}

/**
 * Runs one job by its alarm, outside the objects it reads: heavy work holds up no intake. There is one runner
 * a job, so no job ever runs twice at once. It keeps nothing but the job's id.
 */
export class JobRunnerObject<E = unknown> extends DurableObject<E> implements RunnerRpc {
  private running = false;
  private ports: RunnerPorts;

  constructor(ctx: DurableObjectState, env: E, ports: RunnerPorts) {
    super(ctx, env);
    this.ports = ports;
  }

  async start(jobId: string): Promise<void> {
    await this.ctx.storage.put("job", jobId);
    if (!this.running) await this.ctx.storage.setAlarm(Date.now() + 1);
  }

  override async alarm(): Promise<void> {
    const id = await this.ctx.storage.get<string>("job");
    if (id === undefined || this.running) return;
    this.running = true;
    try {
      const again = await this.ports.runJob(id);
      if (again === null) await this.ctx.storage.deleteAll();
      else await this.ctx.storage.setAlarm(Math.max(again, Date.now() + SOONEST_MS));
    } catch (error) {
      this.ports.log("job_run_failed", error);
      await this.ctx.storage.setAlarm(Date.now() + AFTER_FAILURE_MS);
    } finally {
      this.running = false;
    }
  }
}
