import { and, desc, eq, gte, lt, lte, or, type SQL, sql } from "drizzle-orm";
import type { Actor } from "../../core/actor.ts";
import { database } from "../db/database.ts";
import { auditEntries } from "../db/schema.ts";
import type { Env } from "../env.ts";

export type AuditRow = typeof auditEntries.$inferSelect;

/** Times are epoch ms, both ends inclusive. */
export interface AuditFilter {
  company_id?: string | undefined;
  actor_id?: string | undefined;
  /** The whole name of an action, or how it begins: `company.`. */
  action?: string | undefined;
  /** Anywhere in the entry, ASCII letters of either case. */
  q?: string | undefined;
  from?: number | undefined;
  to?: number | undefined;
}

/** The place of the last entry that was read: newest first, ties by id. */
export interface AuditPlace {
  at: number;
  id: string;
}

/** What this person may see of the log: an MSP's admin all of it, others what concerns their companies. */
export function visibleTo(actor: Actor): SQL | undefined {
  const own = eq(auditEntries.msp_id, actor.msp_id);
  if (actor.companies === "all") return own;
  const theirs = JSON.stringify(actor.companies);
  return and(own, sql`${auditEntries.company_id} IN (SELECT value FROM json_each(${theirs}))`);
}

function contains(q: string): SQL {
  const needle = q.toLowerCase();
  const { payload, actor_name, action, target_id } = auditEntries;
  return sql`instr(lower(coalesce(${payload}, ${actor_name} || ' ' || ${action} || ' ' || ${target_id})), ${needle}) > 0`;
}

function conditions(actor: Actor, filter: AuditFilter, after: AuditPlace | null): SQL | undefined {
  const { at, id, action, company_id, actor_id } = auditEntries;
  const asked: (SQL | undefined)[] = [visibleTo(actor)];
  if (filter.company_id !== undefined) asked.push(eq(company_id, filter.company_id));
  if (filter.actor_id !== undefined) asked.push(eq(actor_id, filter.actor_id));
  if (filter.action !== undefined)
    asked.push(sql`substr(${action}, 1, ${filter.action.length}) = ${filter.action}`);
  if (filter.q !== undefined) asked.push(contains(filter.q));
  if (filter.from !== undefined) asked.push(gte(at, filter.from));
  if (filter.to !== undefined) asked.push(lte(at, filter.to));
  if (after) asked.push(or(lt(at, after.at), and(eq(at, after.at), lt(id, after.id))));
  return and(...asked);
}

/** Newest first, at most `limit`. */
export function selectAudit(
  env: Env,
  actor: Actor,
  filter: AuditFilter,
  after: AuditPlace | null,
  limit: number,
): Promise<AuditRow[]> {
  return database(env)
    .select()
    .from(auditEntries)
    .where(conditions(actor, filter, after))
    .orderBy(desc(auditEntries.at), desc(auditEntries.id))
    .limit(limit);
}
