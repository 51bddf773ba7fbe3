import { companyStub } from "../company-stub.ts";
import type { Env } from "../env.ts";
import { describeError, log } from "../log.ts";
import { rulesOfMsp } from "./store.ts";

const AT_ONCE = 20;
const PER_ROUND = 500;

interface Owed {
  company_id: string;
  msp_id: string;
  since: number;
}

async function give(env: Env, { company_id, msp_id, since }: Owed): Promise<void> {
  // Read anew for each: what was changed meanwhile is handed on with it.
  const taken = await companyStub(env, company_id).applyMspRules(msp_id, await rulesOfMsp(env, msp_id));
  if (!taken.ok && taken.error.code !== "not_found") throw new Error(taken.error.detail);
  await env.DB.prepare("DELETE FROM msp_rule_pushes WHERE company_id = ?1 AND since = ?2")
    .bind(company_id, since)
    .run();
}

async function giveAll(env: Env, owed: Owed[]): Promise<void> {
  for (let i = 0; i < owed.length; i += AT_ONCE) {
    const round = await Promise.allSettled(owed.slice(i, i + AT_ONCE).map((one) => give(env, one)));
    const failed = round.find((one) => one.status === "rejected");
    if (failed) log("msp_rules_push_failed", { error: describeError(failed.reason) });
  }
}

/** Hands an MSP's rules to those of its companies that have not taken them; what fails stays owed. */
export async function pushMspRules(env: Env, mspId: string): Promise<void> {
  const { results } = await env.DB.prepare(
    "SELECT company_id, msp_id, since FROM msp_rule_pushes WHERE msp_id = ?1",
  )
    .bind(mspId)
    .all<Owed>();
  await giveAll(env, results);
}

/** The same for all MSPs: the sweep's part. */
export async function pushOwedRules(env: Env): Promise<void> {
  const { results } = await env.DB.prepare(
    "SELECT company_id, msp_id, since FROM msp_rule_pushes ORDER BY since LIMIT ?1",
  )
    .bind(PER_ROUND)
    .all<Owed>();
  await giveAll(env, results);
}
