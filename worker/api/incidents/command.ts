import type { Actor } from "../../../core/actor.ts";
import type { Result } from "../../../core/errors.ts";
import type { Incident, IncidentCommand } from "../../../core/incident.ts";
import { memberStub, notFound } from "../../company-stub.ts";
import type { Env } from "../../env.ts";

/** The company's object judges by state: the same person again is fine, somebody else first a conflict. */
export async function command(
  env: Env,
  actor: Actor,
  id: string,
  what: IncidentCommand,
): Promise<Result<Incident>> {
  const company = memberStub(env, "incident", id);
  return company ? company.command(actor, id, what) : notFound();
}
