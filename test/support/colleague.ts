import { env } from "cloudflare:workers";
import type { Role } from "../../core/actor.ts";
import { newSession } from "../../worker/auth/session.ts";
import { database } from "../../worker/db/database.ts";
import { sessions, userCompanies, users } from "../../worker/db/schema.ts";
import { newId } from "../../worker/new-id.ts";

export interface Colleague {
  id: string;
  session_id: string;
  /** `name=value` of a session cookie on plain loopback. */
  cookie: string;
}

/** Somebody of this MSP with a role, scoped to these companies, signed in; `more` goes onto their row. */
export async function colleague(
  mspId: string,
  role: Role,
  companies: string[],
  more: Partial<typeof users.$inferInsert> = {},
): Promise<Colleague> {
  const id = newId("us");
  const db = database(env);
  await db.insert(users).values({
    id,
    msp_id: mspId,
    email: `${id}@example.com`,
    name: `A ${role}`,
    role,
    password_hash: "none",
    created_at: Date.now(),
    email_verified_at: Date.now(),
    ...more,
  });
  for (const company_id of companies)
    await db.insert(userCompanies).values({ user_id: id, company_id, msp_id: mspId });
  const { row, token } = await newSession(env, id, mspId, Date.now());
  await db.insert(sessions).values(row);
  return { id, session_id: row.id, cookie: `aw_session=${token}` };
}
