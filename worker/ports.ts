import type { Ports } from "../durable-objects/rpc.ts";
import { hubStub } from "./company-stub.ts";
import type { Env } from "./env.ts";
import { describeError, log } from "./log.ts";
import { projectBatch } from "./projection/project-batch.ts";

/** What the objects declare they need, bound to this Worker's database and objects. */
export function portsOf(env: Env): Ports {
  return {
    project: (batch) => projectBatch(env.DB, batch),
    publish: (mspId, companyId, events) => hubStub(env, mspId).publish(mspId, companyId, events),
    log: (event, error) => log(event, { error: describeError(error) }),
  };
}
