import type { Actor } from "../../core/actor.ts";
import type { Result } from "../../core/errors.ts";
import type { CompanyRpc } from "../../durable-objects/rpc.ts";
import type { ExportPage, ExportPosition, ExportTable } from "../../durable-objects/upkeep-rpc.ts";
import { auditItem } from "../audit/item.ts";
import type { AuditRow } from "../audit/select.ts";
import type { Env } from "../env.ts";
import type { FileTable, Page, Pages } from "./export-files.ts";

const AUDIT_PAGE = 500;

export interface Source {
  env: Env;
  actor: Actor;
  company_id: string;
  object: CompanyRpc;
}

/** @throws where the object refuses */
export function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.detail);
  return result.value;
}

async function* fromObject({ object, actor }: Source, table: ExportTable): AsyncGenerator<Page> {
  let after: ExportPosition | null = null;
  do {
    const page: ExportPage = must(await object.exportPage(actor, table, after));
    yield page;
    after = page.next;
  } while (after);
}

const whole = (items: unknown[]): Page => ({ rows: JSON.stringify(items), count: items.length });
const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());

interface PersonRow extends Record<string, unknown> {
  id: string;
  name: string;
  email: string;
  role: string;
  employed_here: number;
  created_at: number;
  disabled_at: number | null;
}

/** Who is scoped to the company or employed by it: who they are, and nothing they sign in with. */
async function* people({ env, actor, company_id }: Source): AsyncGenerator<Page> {
  const { results } = await env.DB.prepare(
    `SELECT id, name, email, role, employer_company_id IS ?1 AS employed_here, created_at, disabled_at
     FROM users WHERE msp_id = ?2 AND (employer_company_id = ?1
       OR id IN (SELECT user_id FROM user_companies WHERE company_id = ?1)) ORDER BY created_at, id`,
  )
    .bind(company_id, actor.msp_id)
    .all<PersonRow>();
  yield whole(
    results.map((row) => ({
      ...row,
      employed_here: row.employed_here === 1,
      created_at: iso(row.created_at),
      disabled_at: iso(row.disabled_at),
    })),
  );
}

async function* audit({ env, actor, company_id }: Source): AsyncGenerator<Page> {
  let [at, id] = [-1, ""];
  for (;;) {
    const { results } = await env.DB.prepare(
      `SELECT * FROM audit_entries WHERE company_id = ?1 AND +msp_id = ?2 AND (at, id) > (?3, ?4)
       ORDER BY at, id LIMIT ?5`,
    )
      .bind(company_id, actor.msp_id, at, id, AUDIT_PAGE)
      .all<AuditRow & Record<string, unknown>>();
    yield whole(results.map(auditItem));
    const last = results.at(-1);
    if (!last || results.length < AUDIT_PAGE) return;
    [at, id] = [last.at, last.id];
  }
}

async function* rejections({ object, actor }: Source): AsyncGenerator<Page> {
  yield whole(must(await object.rejections(actor)));
}

async function* mappings({ object, actor }: Source): AsyncGenerator<Page> {
  yield whole(must(await object.mappings(actor)));
}

async function* heartbeats({ object, actor }: Source): AsyncGenerator<Page> {
  yield whole(must(await object.heartbeats(actor)).items);
}

async function* snsTopics({ object, actor }: Source): AsyncGenerator<Page> {
  yield whole(must(await object.snsTopics(actor)).items);
}

const COUNTS_PAGE = 1000;

/** How many alerts came, by the hour; kept longer than the alerts themselves. */
async function* alertCounts({ env, actor, company_id }: Source): AsyncGenerator<Page> {
  let [hour, severity, tool] = [-1, "", ""];
  for (;;) {
    const { results } = await env.DB.prepare(
      `SELECT hour, severity, tool, alerts FROM counters
       WHERE company_id = ?1 AND msp_id = ?2 AND (hour, severity, tool) > (?3, ?4, ?5)
       ORDER BY hour, severity, tool LIMIT ?6`,
    )
      .bind(company_id, actor.msp_id, hour, severity, tool, COUNTS_PAGE)
      .all<{ hour: number; severity: string; tool: string; alerts: number }>();
    yield whole(results.map((row) => ({ ...row, hour: iso(row.hour) })));
    const last = results.at(-1);
    if (!last || results.length < COUNTS_PAGE) return;
    [hour, severity, tool] = [last.hour, last.severity, last.tool];
  }
}

const POLICY_PARTS = {
  rules: "rules",
  silences: "silences",
  maintenance_windows: "windows",
  corrections: "corrections",
  held_alerts: "history",
} as const;
type PolicyTable = keyof typeof POLICY_PARTS;

async function* policy({ object, actor }: Source, table: PolicyTable): AsyncGenerator<Page> {
  yield whole(must(await object.policyList(actor, POLICY_PARTS[table])));
}

const LETTERS_PAGE = 50;

/** What was not understood, with its bodies. */
async function* deadLetters({ object, actor }: Source): AsyncGenerator<Page> {
  let cursor: string | undefined;
  do {
    const page = must(await object.letters(actor, { limit: LETTERS_PAGE, cursor }));
    const read: unknown[] = [];
    for (const { id } of page.items) {
      const letter = await object.letter(actor, id);
      // One that was deleted meanwhile is not there to be exported.
      if (letter.ok) read.push(letter.value);
    }
    yield whole(read);
    cursor = page.next_cursor ?? undefined;
  } while (cursor);
}

/** A table's rows from the beginning, a page at a time. */
export function pagesOf(source: Source, table: FileTable): Pages {
  if (table === "people") return people(source);
  if (table === "audit") return audit(source);
  if (table === "rejections") return rejections(source);
  if (table === "dead_letters") return deadLetters(source);
  if (table === "mappings") return mappings(source);
  if (table === "heartbeats") return heartbeats(source);
  if (table === "sns_topics") return snsTopics(source);
  if (table === "alert_counts") return alertCounts(source);
  if (Object.hasOwn(POLICY_PARTS, table)) return policy(source, table as PolicyTable);
  return fromObject(source, table as ExportTable);
}
