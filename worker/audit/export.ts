import type { Actor } from "../../core/actor.ts";
import type { AuditItem } from "../../core/audit-log.ts";
import { csvRow } from "../../core/csv-row.ts";
import type { Env } from "../env.ts";
import { auditItem } from "./item.ts";
import { type AuditFilter, type AuditPlace, selectAudit } from "./select.ts";

const PAGE = 500;
const COLUMNS = [
  ["seq", (item) => item.seq],
  ["at", (item) => item.at],
  ["action", (item) => item.action],
  ["actor_type", (item) => item.actor.type],
  ["actor_id", (item) => item.actor.id],
  ["actor_name", (item) => item.actor.name],
  ["ip", (item) => item.from.ip],
  ["company_id", (item) => item.company_id],
  ["target_type", (item) => item.target.type],
  ["target_id", (item) => item.target.id],
  ["target_name", (item) => item.target.name ?? null],
  ["before", (item) => (item.before === null ? null : JSON.stringify(item.before))],
  ["after", (item) => (item.after === null ? null : JSON.stringify(item.after))],
  ["id", (item) => item.id],
  ["hash", (item) => item.hash],
] as const satisfies [string, (item: AuditItem) => string | number | null][];

export type ExportFormat = "csv" | "json";
export const EXPORT_TYPES = { csv: "text/csv; charset=utf-8", json: "application/json" } as const;

/** How a format begins, what it writes for one page, and how it ends. */
const WRITERS = {
  csv: {
    // The mark tells spreadsheets that it is UTF-8.
    head: `\uFEFF${csvRow(COLUMNS.map(([name]) => name))}`,
    page: (items: AuditItem[]) => items.map((item) => csvRow(COLUMNS.map(([, read]) => read(item)))).join(""),
    tail: "",
  },
  json: {
    head: "[",
    page: (items: AuditItem[], first: boolean) =>
      (first ? "\n" : ",\n") + items.map((item) => JSON.stringify(item)).join(",\n"),
    tail: "\n]\n",
  },
} as const;

/** Everything the filter finds, newest first, read page by page as the reader takes it. */
export function exportAudit(env: Env, actor: Actor, filter: AuditFilter, format: ExportFormat): Response {
  const writer = WRITERS[format];
  const encoder = new TextEncoder();
  let after: AuditPlace | null = null;
  let first = true;
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(encoder.encode(writer.head));
    },
    async pull(controller) {
      const rows = await selectAudit(env, actor, filter, after, PAGE);
      if (rows.length > 0) controller.enqueue(encoder.encode(writer.page(rows.map(auditItem), first)));
      first = false;
      const last = rows.at(-1);
      if (last && rows.length === PAGE) {
        after = { at: last.at, id: last.id };
        return;
      }
      if (writer.tail) controller.enqueue(encoder.encode(writer.tail));
      controller.close();
    },
  });
  return new Response(stream, {
    headers: {
      "Content-Type": EXPORT_TYPES[format],
      "Content-Disposition": `attachment; filename="audit-log.${format}"`,
    },
  });
}
