import "./zod-setup.ts";
import { CompanyObject } from "../durable-objects/company.ts";
import { JobRunnerObject } from "../durable-objects/job-runner.ts";
import { MspHubObject } from "../durable-objects/msp-hub.ts";
import { createApp } from "./app.ts";
import { chainLeftovers } from "./audit/chain.ts";
import type { Env } from "./env.ts";
import { sweepJobs } from "./jobs/sweep.ts";
import { describeError, log } from "./log.ts";
import { pushOwedRules } from "./msp-rules/push.ts";
import { deliverDue } from "./notify/deliver.ts";
import { pages } from "./pages.ts";
import { hubPortsOf, portsOf, runnerPortsOf } from "./ports.ts";
import { rotateSecrets } from "./secrets-rotation.ts";
import { BOOT, sweep, wakeAll } from "./sweep.ts";
import { beat } from "./webhooks/beat.ts";
import { ingest } from "./webhooks/ingest.ts";

/** The objects know what they need; here they get it. */
export class Company extends CompanyObject<Env> {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env, portsOf(env));
  }
}

export class MspHub extends MspHubObject<Env> {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env, hubPortsOf(env));
  }
}

export class JobRunner extends JobRunnerObject<Env> {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env, runnerPortsOf(env));
  }
}

const HEARTBEAT = "heartbeat/";
const WEBHOOK = /^https?:\/\/[^/]*\/api\/webhooks\/([^?#]*)/;
const app = createApp({ pages });

export default {
  /** Webhooks go straight to the intake: on the way of an alert there is no router and no middleware. */
  fetch(request: Request, env: Env, ctx: ExecutionContext): Response | Promise<Response> {
    const tool = WEBHOOK.exec(request.url)?.[1];
    if (tool?.startsWith(HEARTBEAT)) return beat(request, env, tool.slice(HEARTBEAT.length));
    if (tool !== undefined) return ingest(request, env, ctx, tool);
    return app.fetch(request, env, ctx);
  },

  async scheduled(controller: ScheduledController, env: Env): Promise<void> {
    const wake = controller.cron === BOOT ? wakeAll : sweep;
    // One that fails holds up no other; the next minute tries them all again.
    for (const work of [wake, chainLeftovers, sweepJobs, rotateSecrets, deliverDue, pushOwedRules]) {
      try {
        await work(env, controller.scheduledTime);
      } catch (error) {
        log("scheduled_failed", { work: work.name, error: describeError(error) });
      }
    }
  },
} satisfies ExportedHandler<Env>;
