import { and, eq } from "drizzle-orm";
import { type Actor, maySeeCompany } from "../../core/actor.ts";
import { ok, type Result } from "../../core/errors.ts";
import { notFound } from "../company-stub.ts";
import type { Env } from "../env.ts";
import { database } from "./database.ts";
import { type CompanyRow, companies } from "./schema.ts";

/** The row of a company the actor may see; the same not_found for any other id. */
export async function loadCompany(env: Env, actor: Actor, id: string): Promise<Result<CompanyRow>> {
  const row = await database(env)
    .select()
    .from(companies)
    .where(and(eq(companies.id, id), eq(companies.msp_id, actor.msp_id)))
    .get();
  if (!row || !maySeeCompany(actor, row.msp_id, row.id)) return notFound();
  return ok(row);
}
