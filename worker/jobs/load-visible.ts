import type { Actor } from "../../core/actor.ts";
import { ok, type Result } from "../../core/errors.ts";
import { may } from "../../core/permissions.ts";
import { notFound } from "../company-stub.ts";
import type { JobRow } from "../db/schema.ts";
import type { Env } from "../env.ts";
import { loadJob } from "./store.ts";

/** A job this person may see: of a company that is gone, whoever sees the whole MSP. */
export async function loadVisibleJob(env: Env, actor: Actor, id: string): Promise<Result<JobRow>> {
  const row = await loadJob(env, id);
  if (!row || row.msp_id !== actor.msp_id) return notFound();
  if (row.company_id === null) return actor.companies === "all" ? ok(row) : notFound();
  const { msp_id, company_id } = row;
  const action = row.kind === "preview" ? "company.read" : "company.export";
  const allowed = may(actor, action, { msp_id, company_id });
  return allowed.ok ? ok(row) : allowed;
}
