import type { Actor } from "../core/actor.ts";
import {
  type DeadLetter,
  type DeadLetterDetail,
  LETTER_BODY_MAX,
  type LetterGroup,
  letterGroup,
  type ReplayResult,
} from "../core/dead-letter.ts";
import { takeIn } from "../core/engine/intake.ts";
import { notFound, ok, type Result } from "../core/errors.ts";
import { alertId } from "../core/ids.ts";
import { type Bucket, fullBucket, take } from "../core/token-bucket.ts";
import { clock } from "./clock.ts";
import type { CompanyCore } from "./company-core.ts";
import type { LetterChange, LetterPage, LetterQuery, RefusedBody, Understood } from "./intake-rpc.ts";

const DAY_MS = 86_400_000;
const KEPT_DAYS = 30;
/** Letters in all, of one kind, and characters of bodies in all. */
const LETTERS_MAX = 500;
const PER_GROUP = 20;
const BODIES_MAX = 16 * 1024 * 1024;
const GROUPS_MAX = 100;
/** Letters written: what comes faster is counted, not kept. */
const PACE = { requests_per_minute: 60, burst: 60 };

type Stored = Omit<DeadLetter, "id" | "at" | "group" | "status" | "tool">;
type Row = {
  seq: number;
  at: number;
  tool: string;
  kind: string;
  status: string;
  data: string;
  body: string;
};
type GroupRow = { kind: string; count: number; last_at: number; data: string; kept: number };

const iso = (ms: number) => new Date(ms).toISOString();
const letterId = (seq: number) => `dl_${seq.toString(36)}`;

function seqOf(id: string): number {
  const seq = /^dl_([0-9a-z]{1,10})$/.exec(id)?.[1];
  return seq ? Number.parseInt(seq, 36) : 0;
}

function viewOf(row: Omit<Row, "body">): DeadLetter {
  const stored = JSON.parse(row.data) as Stored;
  const status = row.status === "replayed" ? "replayed" : "waiting";
  return { ...stored, id: letterId(row.seq), at: iso(row.at), tool: row.tool, group: row.kind, status };
}

/** Bodies that were authenticated but not understood: bounded in number, size and age. */
export class DeadLetters {
  private core: CompanyCore;
  private pace: Bucket = fullBucket(PACE, clock.now());
  /** Kind -> how many were only counted since its row was written. */
  private counted = new Map<string, number>();

  constructor(core: CompanyCore) {
    this.core = core;
  }

  keep(refused: RefusedBody): void {
    const { tool, reason, detail, fields, uncounted } = refused;
    const kind = letterGroup(tool, reason, detail, Object.keys(fields));
    const now = clock.now();
    const count = 1 + uncounted + (this.counted.get(kind) ?? 0);
    if (take(this.pace, PACE, 1, now) > 0) {
      if (this.counted.size < GROUPS_MAX || this.counted.has(kind)) this.counted.set(kind, count);
      return;
    }
    this.counted.delete(kind);
    const { key_hash: _, tool: __, body, uncounted: ___, ...stored } = refused;
    const data = { ...stored, replayed_at: null, replayed_by: null, alert_ids: [] };
    this.core.transaction(() => {
      const { sql } = this.core;
      sql.exec(
        "INSERT INTO dead_letters (at, tool, kind, status, data, body) VALUES (?, ?, ?, 'waiting', ?, ?)",
        now,
        tool,
        kind,
        JSON.stringify(data),
        body.slice(0, LETTER_BODY_MAX),
      );
      sql.exec(
        `INSERT INTO dead_letter_kinds VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT DO UPDATE SET count = count + ?2, last_at = ?3, data = ?4`,
        kind,
        count,
        now,
        JSON.stringify({ tool, reason, detail }),
      );
      this.bound(kind);
      this.core.deadlines.notLaterThan("letters", now + KEPT_DAYS * DAY_MS);
    });
    this.core.deadlines.arm(now);
  }

  /** The newest stay: so many of a kind, so many in all, so many characters in all. */
  private bound(kind: string): void {
    const { sql } = this.core;
    sql.exec(
      `DELETE FROM dead_letters WHERE kind = ?1 AND seq NOT IN
        (SELECT seq FROM dead_letters WHERE kind = ?1 ORDER BY seq DESC LIMIT ?2)`,
      kind,
      PER_GROUP,
    );
    sql.exec(
      "DELETE FROM dead_letters WHERE seq <= (SELECT seq FROM dead_letters ORDER BY seq DESC LIMIT 1 OFFSET ?)",
      LETTERS_MAX,
    );
    sql.exec(
      `DELETE FROM dead_letters WHERE seq IN (SELECT seq FROM (
        SELECT seq, SUM(LENGTH(body)) OVER (ORDER BY seq DESC) AS size FROM dead_letters) WHERE size > ?)`,
      BODIES_MAX,
    );
    sql.exec(
      `DELETE FROM dead_letter_kinds WHERE kind NOT IN
        (SELECT kind FROM dead_letter_kinds ORDER BY last_at DESC LIMIT ?)`,
      GROUPS_MAX,
    );
  }

  page({ limit, cursor, status, tool, reason, group, order }: LetterQuery): LetterPage {
    const [after, direction] = order === "oldest" ? ["seq > ?1", "ASC"] : ["seq < ?1", "DESC"];
    const first = order === "oldest" ? 0 : Number.MAX_SAFE_INTEGER;
    const fits = `FROM dead_letters WHERE ${after} AND (?2 IS NULL OR status = ?2) AND (?3 IS NULL OR tool = ?3)
      AND (?4 IS NULL OR kind = ?4) AND (?5 IS NULL OR data ->> 'reason' = ?5)`;
    const { sql } = this.core;
    const given = [
      cursor ? seqOf(cursor) : first,
      status ?? null,
      tool ?? null,
      group ?? null,
      reason ?? null,
    ];
    const rows = sql
      .exec<Row>(
        `SELECT seq, at, tool, kind, status, data ${fits} ORDER BY seq ${direction} LIMIT ?6`,
        ...given,
        limit,
      )
      .toArray();
    const items = rows.map(viewOf);
    const last = items.at(-1);
    const { n } = sql.exec<{ n: number }>(`SELECT COUNT(*) AS n ${fits}`, ...given).one();
    const left = n - items.length;
    return { items, groups: this.groups(), next_cursor: last && left > 0 ? last.id : null, left };
  }

  private groups(): LetterGroup[] {
    const rows = this.core.sql.exec<GroupRow>(
      `SELECT k.*, (SELECT COUNT(*) FROM dead_letters l WHERE l.kind = k.kind AND l.status = 'waiting') AS kept
       FROM dead_letter_kinds k ORDER BY last_at DESC`,
    );
    return rows.toArray().map(({ kind, count, last_at, data, kept }) => {
      const { tool, reason, detail } = JSON.parse(data) as Pick<LetterGroup, "tool" | "reason" | "detail">;
      const all = count + (this.counted.get(kind) ?? 0);
      return { group: kind, tool, reason, detail, count: all, kept, last_at: iso(last_at) };
    });
  }

  private row(id: string): Row | undefined {
    return this.core.sql.exec<Row>("SELECT * FROM dead_letters WHERE seq = ?", seqOf(id)).toArray()[0];
  }

  detail(id: string): Result<DeadLetterDetail> {
    const row = this.row(id);
    return row ? ok({ ...viewOf(row), body: row.body }) : notFound();
  }

  change(actor: Actor, change: LetterChange): Result<null> {
    const [column, value] = change.type === "delete" ? ["seq", seqOf(change.id)] : ["kind", change.group];
    const { core } = this;
    const { n } = core.sql
      .exec<{ n: number }>(`SELECT COUNT(*) AS n FROM dead_letters WHERE ${column} = ?`, value)
      .one();
    const known =
      change.type === "delete_group" &&
      core.sql.exec("SELECT 1 FROM dead_letter_kinds WHERE kind = ?", value).toArray().length > 0;
    if (n === 0 && !known) return notFound();
    const target = { type: "dead_letter", id: change.type === "delete" ? change.id : change.group };
    core.transaction(() => {
      core.sql.exec(`DELETE FROM dead_letters WHERE ${column} = ?`, value);
      if (change.type === "delete_group")
        core.sql.exec("DELETE FROM dead_letter_kinds WHERE kind = ?", value);
      core.audit(actor, { action: "dead_letter.deleted", target, before: { letters: n } }, clock.now());
    });
    if (change.type === "delete_group") this.counted.delete(change.group);
    return ok(null);
  }

  /** In one transaction: the alerts, the mark on the letter, and the note of who did it. */
  replay(actor: Actor, id: string, { by, items }: Understood): Result<ReplayResult> {
    const row = this.row(id);
    if (!row) return notFound();
    const letter = viewOf(row);
    if (letter.status === "replayed") {
      const when = `It was sent again by ${letter.replayed_by} before; nothing was taken in twice.`;
      return ok({ status: "duplicate", detail: when, alert_ids: letter.alert_ids, results: [] });
    }
    if (!items.some((item) => "alert" in item)) {
      const results = items.map((item, index) => rejected(index, "fields" in item ? item.fields : {}));
      return ok({ status: "refused", detail: "Still not understood.", alert_ids: [], results });
    }
    const { core } = this;
    const { company_id } = core.record;
    return core.mutate((changes, now) => {
      const context = core.context(changes);
      const results = items.map((item, index): ReplayResult["results"][number] => {
        if (!("alert" in item)) return rejected(index, item.fields);
        const { alert, outcome } = takeIn(context, item.alert, `dead-letter:${id}`, now);
        const alert_id = alert ? alertId(company_id, alert.seq) : null;
        return { index, status: "received", outcome, alert_id };
      });
      const alert_ids = results.map((result) => result.alert_id);
      const stored = JSON.parse(row.data) as Stored;
      const marked = { ...stored, replayed_at: iso(now), replayed_by: actor.name, alert_ids };
      core.sql.exec(
        "UPDATE dead_letters SET status = 'replayed', data = ? WHERE seq = ?",
        JSON.stringify(marked),
        row.seq,
      );
      const target = { type: "dead_letter", id, name: `${letter.tool}: ${letter.detail}`.slice(0, 120) };
      const taken = alert_ids.length;
      core.audit(actor, { action: "dead_letter.replayed", target, after: { by, alerts: taken } }, now);
      return ok({ status: "received", detail: "Taken in.", alert_ids, results });
    });
  }

  /** Drops what is too old; when to look again. */
  prune(now: number): void {
    const { core } = this;
    core.sql.exec("DELETE FROM dead_letters WHERE at <= ?", now - KEPT_DAYS * DAY_MS);
    core.sql.exec("DELETE FROM dead_letter_kinds WHERE last_at <= ?", now - KEPT_DAYS * DAY_MS);
    core.sql.exec("DELETE FROM samples WHERE at <= ?", now - KEPT_DAYS * DAY_MS);
    const oldest = core.sql
      .exec<{ at: number | null }>(
        `SELECT MIN(at) AS at FROM (SELECT MIN(at) AS at FROM dead_letters UNION ALL
          SELECT MIN(last_at) FROM dead_letter_kinds UNION ALL SELECT MIN(at) FROM samples)`,
      )
      .one().at;
    if (oldest === null) core.deadlines.clear("letters");
    else core.deadlines.set("letters", oldest + KEPT_DAYS * DAY_MS);
  }
}

const rejected = (index: number, fields: Record<string, string>): ReplayResult["results"][number] => ({
  index,
  status: "rejected",
  alert_id: null,
  fields,
});
