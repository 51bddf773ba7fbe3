import type { Actor } from "../../../core/actor.ts";
import type { Result } from "../../../core/errors.ts";
import { forbidden } from "../../../core/permissions.ts";
import { notFound } from "../../company-stub.ts";
import { loadCompany } from "../../db/companies.ts";
import type { CompanyRow } from "../../db/schema.ts";
import type { Env } from "../../env.ts";

/** The company whose portal is asked for: the one that is named, else the first of the caller's own. */
export async function portalCompany(
  env: Env,
  actor: Actor,
  asked: string | undefined,
): Promise<Result<CompanyRow>> {
  if (actor.companies === "all") return forbidden();
  const id = asked ?? [...actor.companies].sort()[0];
  return id === undefined ? notFound() : loadCompany(env, actor, id);
}
