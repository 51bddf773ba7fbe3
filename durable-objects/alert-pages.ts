import type { AlertState } from "../core/engine/state.ts";
import { alertView } from "../core/engine/view.ts";
import { parseMemberId } from "../core/ids.ts";
import type { CompanyCore } from "./company-core.ts";
import type { AlertPage, AlertQuery } from "./rpc.ts";

/** Rows one answer may look at: an object that searches is an object that does not ingest. */
const SCAN_MAX = 5000;
const CHUNK = 500;

/**
 * Alerts newest first. A page can hold fewer than asked for, even none, with a cursor to go on: the search
 * stops after SCAN_MAX rows, and the source then yields the seq to go on from. `sql` is read after a checkpoint, so rows are as new as memory.
 */
export function alertPage(core: CompanyCore, sql: SqlStorage, query: AlertQuery): AlertPage {
  core.checkpoint();
  const matches = matcher(query);
  const items: AlertState[] = [];
  const source = query.incident_id ? ofIncident(core, query) : ofCompany(sql, query);
  let cursor: number | null = null;
  let last = 0;
  for (const found of source) {
    if (typeof found === "number") cursor = found;
    else if (items.length >= query.limit) cursor = last;
    else {
      last = found.seq;
      if (matches(found)) items.push(found);
    }
    if (cursor !== null) break;
  }
  return {
    items: items.map((a) => alertView(core.record.company_id, a)),
    next_cursor: cursor === null ? null : String(cursor),
  };
}

/** Cursors are the seq of the last row looked at. */
function before(query: AlertQuery): number {
  const n = Number(query.cursor);
  return query.cursor && Number.isSafeInteger(n) ? n : Number.MAX_SAFE_INTEGER;
}

function* ofIncident(core: CompanyCore, query: AlertQuery): Generator<AlertState | number> {
  const id = parseMemberId(query.incident_id ?? "");
  const incident = id && id.kind === "incident" ? core.store.incident(id.seq) : undefined;
  const seqs = (incident?.members ?? []).filter((seq) => seq < before(query)).sort((a, b) => b - a);
  yield* core.store.alertsOf(seqs);
}

function* ofCompany(sql: SqlStorage, query: AlertQuery): Generator<AlertState | number> {
  let seq = Math.min(
    before(query),
    query.to === undefined ? Number.MAX_SAFE_INTEGER : firstAfter(sql, query.to),
  );
  for (let scanned = 0; scanned < SCAN_MAX; scanned += CHUNK) {
    const rows = sql
      .exec<{ seq: number; received_at: number; data: string }>(
        `SELECT seq, received_at, data FROM alerts WHERE seq < ?1
         AND (?2 IS NULL OR status = ?2) AND (?3 IS NULL OR severity = ?3) AND (?4 IS NULL OR tool = ?4)
         AND seq >= (SELECT min(seq) FROM (SELECT seq FROM alerts WHERE seq < ?1 ORDER BY seq DESC LIMIT ${CHUNK}))
         ORDER BY seq DESC`,
        seq,
        query.status ?? null,
        query.severity ?? null,
        query.tool ?? null,
      )
      .toArray();
    for (const row of rows) {
      if (query.from !== undefined && row.received_at < query.from) return;
      yield JSON.parse(row.data) as AlertState;
    }
    const next = sql
      .exec<{ n: number | null }>(
        `SELECT min(seq) AS n FROM (SELECT seq FROM alerts WHERE seq < ? ORDER BY seq DESC LIMIT ${CHUNK})`,
        seq,
      )
      .one().n;
    if (next === null || next <= 1) return;
    seq = next;
  }
  yield seq;
}

/** The first seq received after `time`: seqs rise with the clock, so halving finds it. */
export function firstAfter(sql: SqlStorage, time: number): number {
  let low = 1;
  let high = (sql.exec<{ n: number | null }>("SELECT max(seq) AS n FROM alerts").one().n ?? 0) + 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const row = sql.exec<{ received_at: number }>(
      "SELECT received_at FROM alerts WHERE seq >= ? LIMIT 1",
      middle,
    );
    const at = row.toArray()[0]?.received_at;
    if (at === undefined || at > time) high = middle;
    else low = middle + 1;
  }
  return low;
}

function matcher(query: AlertQuery): (a: AlertState) => boolean {
  const q = query.q?.trim().toLowerCase();
  return (a) => {
    if (query.status && a.status !== query.status) return false;
    if (query.severity && a.severity !== query.severity) return false;
    if (query.tool && a.tool !== query.tool) return false;
    if (query.from !== undefined && a.received_at < query.from) return false;
    if (query.to !== undefined && a.received_at > query.to) return false;
    if (!q) return true;
    return [a.asset_name, a.signature, a.raw_signature, a.message].some((text) =>
      text.toLowerCase().includes(q),
    );
  };
}
