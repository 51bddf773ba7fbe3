import { sql } from "drizzle-orm";
import type { Rule, RuleView } from "../../core/policy/rule.ts";
import { database } from "../db/database.ts";
import type { Env } from "../env.ts";

interface Row {
  data: string;
}

/** An MSP's rules for all its companies, in order. */
export async function mspRules(env: Env, mspId: string): Promise<Rule[]> {
  const { results } = await env.DB.prepare(
    "SELECT data FROM msp_rules WHERE msp_id = ?1 ORDER BY position, id",
  )
    .bind(mspId)
    .all<Row>();
  return results.map((row) => JSON.parse(row.data) as Rule);
}

/** Adds a rule after the others, or takes the place of the one with its id. To be run in a batch. */
export function putMspRule(env: Env, mspId: string, rule: Rule) {
  return database(env).run(
    sql`INSERT INTO msp_rules (id, msp_id, position, data)
      SELECT ${rule.id}, ${mspId}, (SELECT COALESCE(MAX(position) + 1, 0) FROM msp_rules WHERE msp_id = ${mspId}),
        ${JSON.stringify(rule)}
      WHERE true ON CONFLICT (id) DO UPDATE SET data = excluded.data`,
  );
}

export function dropMspRule(env: Env, mspId: string, id: string) {
  return database(env).run(sql`DELETE FROM msp_rules WHERE msp_id = ${mspId} AND id = ${id}`);
}

export function orderMspRules(env: Env, mspId: string, ids: string[]) {
  return database(env).run(
    sql`UPDATE msp_rules SET position = o.key FROM json_each(${JSON.stringify(ids)}) AS o
      WHERE msp_rules.msp_id = ${mspId} AND msp_rules.id = o.value`,
  );
}

/** Owes the rules as they are now to every company of the MSP. */
export function oweAll(env: Env, mspId: string, now: number) {
  return database(env).run(
    sql`INSERT INTO msp_rule_pushes (company_id, msp_id, since)
      SELECT id, msp_id, ${now} FROM companies WHERE msp_id = ${mspId}
      ON CONFLICT (company_id) DO UPDATE SET since = excluded.since`,
  );
}

/** Owes a company that is just made the rules there are. */
export function oweNew(env: Env, mspId: string, companyId: string, now: number) {
  return database(env).run(
    sql`INSERT INTO msp_rule_pushes (company_id, msp_id, since)
      SELECT ${companyId}, ${mspId}, ${now}
      WHERE EXISTS (SELECT 1 FROM msp_rules WHERE msp_id = ${mspId}) ON CONFLICT (company_id) DO NOTHING`,
  );
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
