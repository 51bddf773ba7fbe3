import type { RunnerPorts } from "../durable-objects/job-runner.ts";
import type { HubPorts, Ports } from "../durable-objects/rpc.ts";
import { chainNoted, unlinkedAudit, writeLinks } from "./audit/chain.ts";
import { recordAudit } from "./audit/record.ts";
import { hubStub } from "./company-stub.ts";
import type { Env } from "./env.ts";
import { runJob } from "./jobs/run.ts";
import { describeError, log } from "./log.ts";
import { projectBatch } from "./projection/project-batch.ts";
import { prune } from "./projection/prune.ts";

/** What the objects declare they need, bound to this Worker's database and objects. */
export function portsOf(env: Env): Ports {
  return {
    project: (batch) => projectBatch(env.DB, batch),
    prune: (what) => prune(env.DB, what),
    publish: (mspId, companyId, events) => hubStub(env, mspId).publish(mspId, companyId, events),
    async recordAudit(mspId, entries) {
      await recordAudit(env.DB, mspId, entries);
      await chainNoted(env, [mspId]);
    },
    log: (event, error) => log(event, { error: describeError(error) }),
  };
}

export function runnerPortsOf(env: Env): RunnerPorts {
  return {
    runJob: (id) => runJob(env, id),
    log: (event, error) => log(event, { error: describeError(error) }),
  };
}

export function hubPortsOf(env: Env): HubPorts {
  return {
    unlinkedAudit: (mspId, limit) => unlinkedAudit(env.DB, mspId, limit),
    writeLinks: (mspId, links) => writeLinks(env.DB, mspId, links),
  };
}
