import { forgetSession } from "../auth/authenticate.ts";
import { hubStub } from "../company-stub.ts";
import type { Env } from "../env.ts";

interface Where {
  env: Env;
  msp_id: string;
  company_id: string;
}

/** What belongs to a person, by the column that names them; the person comes last. */
const THEIRS = [
  ["recovery_codes", "user_id"],
  ["passkeys", "user_id"],
  ["challenges", "user_id"],
  ["known_devices", "user_id"],
  ["personal_tokens", "user_id"],
  ["email_tokens", "user_id"],
  ["contacts", "user_id"],
  ["sessions", "user_id"],
  ["user_companies", "user_id"],
  ["users", "id"],
] as const;

/** Whom the company employs, and its own admins and clients who see no other company. */
const LEAVING = `SELECT u.id FROM users u WHERE u.msp_id = ?1 AND (u.employer_company_id = ?2
  OR (u.role IN ('company_admin', 'client') AND u.employer_company_id IS NULL
    AND u.id IN (SELECT user_id FROM user_companies WHERE company_id = ?2)
    AND NOT EXISTS (SELECT 1 FROM user_companies o WHERE o.user_id = u.id AND o.company_id <> ?2)))`;

async function ids(env: Env, sql: string, ...values: unknown[]): Promise<string[]> {
  const { results } = await env.DB.prepare(sql)
    .bind(...values)
    .all<{ id: string }>();
  return results.map((row) => row.id);
}

const OF_COMPANY_ALONE = `(employer_company_id IS ?2
  OR (json_array_length(company_ids) = 1 AND company_ids ->> '$[0]' IS ?2))`;

/** Invitations into this company alone go; those into others as well lose it. */
function invitations({ env, msp_id, company_id }: Where): D1PreparedStatement[] {
  return [
    env.DB.prepare(`DELETE FROM invitations WHERE msp_id = ?1 AND ${OF_COMPANY_ALONE}`).bind(
      msp_id,
      company_id,
    ),
    env.DB.prepare(
      `UPDATE invitations SET company_ids =
         (SELECT json_group_array(value) FROM json_each(invitations.company_ids) WHERE value <> ?2)
       WHERE msp_id = ?1 AND instr(company_ids, ?2) > 0`,
    ).bind(msp_id, company_id),
  ];
}

/** Removes the company's own people, and takes the company out of what the others see. */
export async function removePeople(where: Where): Promise<void> {
  const { env, msp_id, company_id } = where;
  const leaving = await ids(env, LEAVING, msp_id, company_id);
  const scoped = await ids(
    env,
    "SELECT user_id AS id FROM user_companies WHERE company_id = ?1 AND msp_id = ?2",
    company_id,
    msp_id,
  );
  const list = JSON.stringify(leaving);
  const all = [...new Set([...leaving, ...scoped])];
  const open = await ids(
    env,
    "SELECT id FROM sessions WHERE user_id IN (SELECT value FROM json_each(?1))",
    JSON.stringify(all),
  );
  const of = "(SELECT value FROM json_each(?1))";
  await env.DB.batch([
    env.DB.prepare(
      `DELETE FROM mails WHERE msp_id = ?1 AND kind = 'invitation' AND recipient IN
         (SELECT email FROM invitations WHERE msp_id = ?1 GROUP BY email HAVING min(${OF_COMPANY_ALONE}))`,
    ).bind(msp_id, company_id),
    ...invitations(where),
    env.DB.prepare(
      `DELETE FROM mails WHERE msp_id = ?2 AND recipient IN (SELECT email FROM users WHERE id IN ${of})`,
    ).bind(list, msp_id),
    env.DB.prepare(
      `UPDATE audit_entries SET payload = NULL
       WHERE msp_id = ?2 AND target_type = 'user' AND target_id IN ${of} AND payload IS NOT NULL`,
    ).bind(list, msp_id),
    // That they acted stays in the log's chain; who they were does not.
    env.DB.prepare(
      `UPDATE audit_entries SET payload = NULL, actor_name = 'Removed person'
       WHERE msp_id = ?2 AND actor_id IN ${of}`,
    ).bind(list, msp_id),
    ...THEIRS.map(([table, column]) =>
      env.DB.prepare(`DELETE FROM ${table} WHERE ${column} IN ${of}`).bind(list),
    ),
    env.DB.prepare("DELETE FROM user_companies WHERE company_id = ?1").bind(company_id),
  ]);
  for (const id of open) forgetSession(id);
  const hub = hubStub(env, msp_id);
  for (const id of all) await hub.closeUser(id);
}
