import type { AlertState, IncidentState, TimelineRow } from "../core/engine/state.ts";
import { alertView, feedbackView, incidentView, timelineView } from "../core/engine/view.ts";
import { incidentId } from "../core/ids.ts";
import { activityKnown, viewOf } from "./asset-list.ts";
import { clock } from "./clock.ts";
import type { CompanyCore } from "./company-core.ts";
import type { ExportPage, ExportPosition, ExportTable } from "./upkeep-rpc.ts";

/** An object that exports is an object that does not ingest: a page is some 20 ms. */
const ROWS_MAX = 1000;
const CHARS_MAX = 1024 * 1024;

type Row = { a: number; b: number; data: string };

const QUERIES: Record<Exclude<ExportTable, "assets" | "learned_pairs">, string> = {
  alerts: "SELECT seq AS a, 0 AS b, data FROM alerts WHERE seq > ?1 AND ?2 = ?2 ORDER BY seq LIMIT ?3",
  incidents: "SELECT seq AS a, 0 AS b, data FROM incidents WHERE seq > ?1 AND ?2 = ?2 ORDER BY seq LIMIT ?3",
  timelines: `SELECT incident AS a, seq AS b, data FROM timeline WHERE (incident, seq) > (?1, ?2)
    ORDER BY incident, seq LIMIT ?3`,
};

function viewed(core: CompanyCore, table: ExportTable, data: string): unknown {
  const { company_id } = core.record;
  const stored: unknown = JSON.parse(data);
  if (table === "alerts") return alertView(company_id, stored as AlertState);
  if (table === "incidents") {
    const incident = stored as IncidentState;
    const feedback = feedbackView(company_id, incident);
    return { ...incidentView(company_id, incident, clock.now()), feedback };
  }
  const row = stored as TimelineRow;
  return { incident_id: incidentId(company_id, row.incident), ...timelineView(row) };
}

async function assetPage(core: CompanyCore, after: number): Promise<ExportPage> {
  await activityKnown(core);
  const left = core.store.assets.all().filter((asset) => asset.id > after);
  const page = left.sort((x, y) => x.id - y.id).slice(0, ROWS_MAX);
  const last = page.at(-1);
  return {
    rows: JSON.stringify(page.map((asset) => viewOf(core, asset))),
    count: page.length,
    next: last && left.length > page.length ? [last.id, 0] : null,
  };
}

/** All of it: few, and kept in memory. */
function learnedPage(core: CompanyCore): ExportPage {
  const pairs = [...core.learning.book.pairs.values()].map((pair) => ({
    ...pair,
    last_at: new Date(pair.last_at).toISOString(),
  }));
  return { rows: JSON.stringify(pairs), count: pairs.length, next: null };
}

/** The page after `after`, in the order things came to be, as the API answers them. */
export async function exportPage(
  core: CompanyCore,
  table: ExportTable,
  after: ExportPosition | null,
): Promise<ExportPage> {
  const [a, b] = after ?? [0, 0];
  if (table === "assets") return assetPage(core, a);
  if (table === "learned_pairs") return learnedPage(core);
  if (after === null) core.checkpoint();
  const texts: string[] = [];
  let chars = 0;
  let last: ExportPosition | null = null;
  let more = false;
  for (const row of core.sql.exec<Row>(QUERIES[table], a, b, ROWS_MAX + 1)) {
    more = texts.length >= ROWS_MAX || chars >= CHARS_MAX;
    if (more) break;
    const text = JSON.stringify(viewed(core, table, row.data));
    texts.push(text);
    chars += text.length;
    last = [row.a, row.b];
  }
  return { rows: `[${texts.join(",")}]`, count: texts.length, next: more ? last : null };
}

export function exportTotals(core: CompanyCore): Record<ExportTable, number> {
  const count = (table: string) => core.sql.exec<{ n: number }>(`SELECT COUNT(*) AS n FROM ${table}`).one().n;
  return {
    assets: count("assets"),
    alerts: count("alerts"),
    incidents: count("incidents"),
    timelines: count("timeline"),
    learned_pairs: core.learning.book.pairs.size,
  };
}
