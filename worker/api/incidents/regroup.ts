import type { Actor } from "../../../core/actor.ts";
import type { Result } from "../../../core/errors.ts";
import type { Incident, Regroup } from "../../../core/incident.ts";
import { memberStub, notFound } from "../../company-stub.ts";
import type { Env } from "../../env.ts";

/** The company's object judges by state; other companies' incidents and alerts are not found there. */
export async function regroup(env: Env, actor: Actor, id: string, what: Regroup): Promise<Result<Incident>> {
  const company = memberStub(env, "incident", id);
  return company ? company.regroup(actor, id, what) : notFound();
}
