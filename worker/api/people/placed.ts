import { and, eq, sql } from "drizzle-orm";
import type { Actor } from "../../../core/actor.ts";
import { managesPerson, type Person, type Placed } from "../../../core/people.ts";
import { database } from "../../db/database.ts";
import { users } from "../../db/schema.ts";
import type { Env } from "../../env.ts";

// Written out: in a query over one table drizzle leaves the table's name away, and `id` would be the inner one's.
const SCOPE = sql<string>`(SELECT json_group_array(uc.company_id) FROM user_companies uc
  WHERE uc.user_id = users.id)`;
const LAST_SEEN = sql<number | null>`(SELECT max(coalesce(s.last_seen_at, s.created_at)) FROM sessions s
  WHERE s.user_id = users.id)`;

/** A person with their companies (JSON array of ids) and when they were last seen, for a query over `users`. */
export const PERSON_FIELDS = { user: users, scope: SCOPE, last_seen_at: LAST_SEEN };

export interface FoundPerson {
  user: typeof users.$inferSelect;
  scope: string;
  last_seen_at: number | null;
}

export async function findPerson(env: Env, mspId: string, id: string): Promise<FoundPerson | null> {
  const found = await database(env)
    .select(PERSON_FIELDS)
    .from(users)
    .where(and(eq(users.msp_id, mspId), eq(users.id, id)))
    .get();
  return found ?? null;
}

export function placedOf({ user, scope }: FoundPerson): Placed {
  const { id, role, employer_company_id } = user;
  // An msp_admin's leftover rows mean nothing: they see every company.
  const company_ids = role === "msp_admin" ? [] : (JSON.parse(scope) as string[]);
  return { id, role, company_ids, employer_company_id };
}

/** Companies that the actor does not see are not named. */
export function personItem(actor: Actor, found: FoundPerson): Person {
  const { user, last_seen_at } = found;
  const placed = placedOf(found);
  const seen = (id: string | null) =>
    id !== null && (actor.companies === "all" || actor.companies.includes(id));
  return {
    id: user.id,
    name: user.name,
    email: user.email,
    email_verified: user.email_verified_at !== null,
    role: user.role,
    company_ids: placed.company_ids.filter(seen),
    employer_company_id: seen(placed.employer_company_id) ? placed.employer_company_id : null,
    disabled: user.disabled_at !== null,
    totp_enabled: user.totp_enabled_at !== null,
    last_seen_at: last_seen_at === null ? null : new Date(last_seen_at).toISOString(),
    created_at: new Date(user.created_at).toISOString(),
    may_manage: managesPerson(actor, placed),
  };
}

/** The company that employs the actor; null: the MSP. */
export async function employerOfActor(env: Env, actor: Actor): Promise<string | null> {
  const row = await database(env)
    .select({ employer: users.employer_company_id })
    .from(users)
    .where(eq(users.id, actor.user_id))
    .get();
  return row?.employer ?? null;
}
