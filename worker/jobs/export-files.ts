import { alertSchema } from "../../core/alert.ts";
import { assetSchema } from "../../core/asset-schema.ts";
import { auditItemSchema } from "../../core/audit-log.ts";
import { csvRow } from "../../core/csv-row.ts";
import { deadLetterDetail } from "../../core/dead-letter.ts";
import { heartbeatView } from "../../core/heartbeat.ts";
import { incidentSchema, timelineEntrySchema } from "../../core/incident.ts";
import { mappingView } from "../../core/mapping/mapping.ts";
import { correctionView } from "../../core/policy/correction.ts";
import { heldView, windowView } from "../../core/policy/maintenance.ts";
import { ruleView } from "../../core/policy/rule.ts";
import { silenceView } from "../../core/policy/silence.ts";
import { rejectionSchema } from "../../core/rejection.ts";
import { snsTopicSchema } from "../../core/sns.ts";

/** The columns of each table's CSV, which are the fields of its JSON; what is no plain value is JSON in its cell. */
export const COLUMNS = {
  assets: Object.keys(assetSchema.shape),
  alerts: Object.keys(alertSchema.shape),
  incidents: [...Object.keys(incidentSchema.shape), "feedback"],
  timelines: ["incident_id", ...Object.keys(timelineEntrySchema.shape)],
  people: ["id", "name", "email", "role", "employed_here", "created_at", "disabled_at"],
  audit: Object.keys(auditItemSchema.shape),
  rejections: Object.keys(rejectionSchema.shape),
  rules: Object.keys(ruleView.shape),
  silences: Object.keys(silenceView.shape),
  maintenance_windows: Object.keys(windowView.shape),
  corrections: Object.keys(correctionView.shape),
  held_alerts: Object.keys(heldView.shape),
  mappings: Object.keys(mappingView.shape),
  heartbeats: Object.keys(heartbeatView.shape),
  dead_letters: Object.keys(deadLetterDetail.shape),
  sns_topics: Object.keys(snsTopicSchema.shape),
  alert_counts: ["hour", "severity", "tool", "alerts"],
  learned_pairs: [
    "a",
    "b",
    "together",
    "same_asset",
    "one_incident",
    "merged",
    "split",
    "category",
    "tool",
    "assets_a",
    "assets_b",
    "last_at",
  ],
} as const satisfies Record<string, readonly string[]>;
export type FileTable = keyof typeof COLUMNS;

/** JSON of one page of rows, an array, with how many they are. */
export interface Page {
  rows: string;
  count: number;
}
export type Pages = AsyncIterable<Page>;

/** One JSON array out of many. */
export async function* asJson(pages: Pages): AsyncGenerator<string> {
  let first = true;
  yield "[";
  for await (const { rows, count } of pages) {
    if (count === 0) continue;
    yield (first ? "\n" : ",\n") + rows.slice(1, -1);
    first = false;
  }
  yield "\n]\n";
}

function cell(value: unknown): string | number | null {
  if (value === null || value === undefined) return null;
  if (typeof value === "string" || typeof value === "number") return value;
  return typeof value === "boolean" ? String(value) : JSON.stringify(value);
}

export async function* asCsv(pages: Pages, columns: readonly string[]): AsyncGenerator<string> {
  // The mark tells spreadsheets that it is UTF-8.
  yield `\uFEFF${csvRow(columns)}`;
  for await (const { rows } of pages) {
    const items = JSON.parse(rows) as Record<string, unknown>[];
    yield items.map((item) => csvRow(columns.map((name) => cell(item[name])))).join("");
  }
}
