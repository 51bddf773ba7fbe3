import type { Actor } from "../core/actor.ts";
import type { Changes } from "../core/engine/state.ts";
import { notFound, ok, type Result } from "../core/errors.ts";
import { learn } from "../core/learning/lessons.ts";
import { PairBook, type PairRecord, type SeenRecord } from "../core/learning/pairs.ts";
import { type Proposal, proposals } from "../core/learning/propose.ts";
import type { RuleView } from "../core/policy/rule.ts";
import { clock } from "./clock.ts";
import type { CompanyCore } from "./company-core.ts";
import { changeRules } from "./policy-changes.ts";
import type { SqlStore } from "./store.ts";

/** Members of an incident that a lesson looks at. */
const MEMBERS_MAX = 200;

type Row = { data: string };

/**
 * What the company's past teaches, in tables of its own. It is learned in memory and written with a checkpoint,
 * so a crash may forget a second of it; no alert waits for it.
 */
export class Learning {
  readonly book: PairBook;
  private sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.sql = sql;
    const read = <T>(table: string) =>
      sql
        .exec<Row>(`SELECT data FROM ${table}`)
        .toArray()
        .map((row) => JSON.parse(row.data) as T);
    this.book = new PairBook(read<PairRecord>("learned_pairs"), read<SeenRecord>("learned_signatures"));
  }

  /** New problems of a commit, and what people said in it; before its joined alerts are told and cleared. */
  note(changes: Changes, store: SqlStore, now: number): void {
    for (const { seq, signature, assets, category, tools } of changes.created)
      this.book.note({
        signature,
        asset: assets[0]?.[0] ?? "",
        category,
        tool: tools[0] ?? "",
        incident: seq,
        at: now,
      });
    for (const alerts of changes.joined.values())
      for (const { signature, asset_key, category, tool, incident } of alerts)
        this.book.note({ signature, asset: asset_key, category, tool, incident, at: now });
    for (const lesson of changes.lessons)
      learn(this.book, lesson, {
        alertsOf: (seqs) => store.alertsOf(seqs.slice(0, MEMBERS_MAX)),
        members: (seq) => store.alertsOf(store.incident(seq)?.members.slice(0, MEMBERS_MAX) ?? []),
      });
  }

  /** Inside a transaction. */
  write(): void {
    const { book } = this;
    for (const { a, b } of book.droppedPairs)
      this.sql.exec("DELETE FROM learned_pairs WHERE a = ? AND b = ?", a, b);
    for (const { signature } of book.droppedSeen)
      this.sql.exec("DELETE FROM learned_signatures WHERE signature = ?", signature);
    for (const pair of book.changedPairs)
      this.sql.exec(
        "INSERT INTO learned_pairs VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET data = ?3",
        pair.a,
        pair.b,
        JSON.stringify(pair),
      );
    for (const one of book.changedSeen)
      this.sql.exec(
        "INSERT INTO learned_signatures VALUES (?1, ?2) ON CONFLICT DO UPDATE SET data = ?2",
        one.signature,
        JSON.stringify(one),
      );
    book.clean();
  }

  settled(): Set<string> {
    const rows = this.sql.exec<{ id: string }>("SELECT id FROM proposals_settled").toArray();
    return new Set(rows.map(({ id }) => id));
  }

  settle(id: string, how: "accepted" | "dismissed", by: string, now: number): void {
    this.sql.exec(
      "INSERT INTO proposals_settled VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE SET how = ?2",
      id,
      how,
      by,
      now,
    );
  }
}

export const proposalsOf = ({ learning }: CompanyCore): Proposal[] =>
  proposals(learning.book, learning.settled());

const find = (core: CompanyCore, id: string) => proposalsOf(core).find((one) => one.id === id);
/** The proposal becomes a rule of the company, the last of its own. */
export function acceptProposal(
  core: CompanyCore,
  actor: Actor,
  id: string,
  ruleId: string,
): Result<RuleView> {
  const proposal = find(core, id);
  if (!proposal) return notFound();
  const made = changeRules(core, actor, { type: "create_rule", id: ruleId, input: proposal.rule });
  if (!made.ok) return made;
  core.transaction(() => core.learning.settle(id, "accepted", actor.user_id, clock.now()));
  const rule = made.value.find((one): one is RuleView => one.id === ruleId && "actions" in one);
  return rule ? ok(rule) : notFound();
}

/** Not proposed again. */
export function dismissProposal(core: CompanyCore, actor: Actor, id: string): Result<null> {
  const proposal = find(core, id);
  if (!proposal) return notFound();
  const now = clock.now();
  core.transaction(() => {
    core.learning.settle(id, "dismissed", actor.user_id, now);
    const target = { type: "proposal", id, name: proposal.rule.name };
    core.audit(actor, { action: "correlation.proposal_dismissed", target }, now);
  });
  core.deadlines.arm(now);
  return ok(null);
}
