import { and, asc, eq, sql } from "drizzle-orm";
import type { Rule, RuleView } from "../../core/policy/rule.ts";
import { database } from "../db/database.ts";
import { companies, mspRulePushes, mspRules } from "../db/schema.ts";
import type { Env } from "../env.ts";

/** An MSP's rules for all its companies, in order. */
export async function rulesOfMsp(env: Env, mspId: string): Promise<Rule[]> {
  const rows = await database(env)
    .select({ data: mspRules.data })
    .from(mspRules)
    .where(eq(mspRules.msp_id, mspId))
    .orderBy(asc(mspRules.position), asc(mspRules.id));
  return rows.map(({ data }) => data);
}

/** All companies that an MSP's rules hold for. */
export async function companyIdsOf(env: Env, mspId: string): Promise<string[]> {
  const rows = await database(env)
    .select({ id: companies.id })
    .from(companies)
    .where(eq(companies.msp_id, mspId));
  return rows.map(({ id }) => id);
}

/** Adds a rule after the others, or takes the place of the one with its id. Like the rest: for a batch. */
export function putMspRule(env: Env, mspId: string, rule: Rule, position: number) {
  return database(env)
    .insert(mspRules)
    .values({ id: rule.id, msp_id: mspId, position, data: rule })
    .onConflictDoUpdate({ target: mspRules.id, set: { data: rule } });
}

export function dropMspRule(env: Env, mspId: string, id: string) {
  return database(env)
    .delete(mspRules)
    .where(and(eq(mspRules.msp_id, mspId), eq(mspRules.id, id)));
}

export function orderMspRules(env: Env, mspId: string, ids: string[]) {
  const place = sql`(SELECT o.key FROM json_each(${JSON.stringify(ids)}) AS o WHERE o.value = msp_rules.id)`;
  return database(env).update(mspRules).set({ position: place }).where(eq(mspRules.msp_id, mspId));
}

/** Owes the rules as they are now to every company of the MSP. */
export function oweAll(env: Env, mspId: string, now: number) {
  return database(env)
    .insert(mspRulePushes)
    .select(sql`SELECT id, msp_id, CAST(${now} AS INTEGER) FROM companies WHERE msp_id = ${mspId}`)
    .onConflictDoUpdate({ target: mspRulePushes.company_id, set: { since: now } });
}

/** Owes a company that is just made the rules there are. */
export function oweNew(env: Env, mspId: string, companyId: string, now: number) {
  return database(env)
    .insert(mspRulePushes)
    .select(
      sql`SELECT ${companyId}, ${mspId}, CAST(${now} AS INTEGER)
        WHERE EXISTS (SELECT 1 FROM msp_rules WHERE msp_id = ${mspId})`,
    )
    .onConflictDoNothing();
}

/** A rule as the API answers it; how it fares is each company's to say. */
export function mspRuleView({ created_at, ...rule }: Rule): RuleView {
  const none = { last_matched_at: null, last_error_at: null, last_error: null };
  const since = new Date(created_at).toISOString();
  return { ...rule, scope: "msp", created_at: since, matched: 0, ungrouped: 0, errors: 0, ...none };
}

/** What a rule says, for the audit log. */
export const saidByRule = ({ name, enabled, when, actions, stop }: Rule) => ({
  name,
  enabled,
  when,
  actions,
  stop,
});
