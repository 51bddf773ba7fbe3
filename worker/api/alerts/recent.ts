import * as z from "zod";
import type { Alert } from "../../../core/alert.ts";
import type { AlertPage, AlertQuery } from "../../../durable-objects/rpc.ts";
import { encodeCursor } from "../cursor.ts";

/** What the hub keeps of an MSP's newest alerts. */
export const RECENT_MAX = 500;
export const recentCursor = z.object({ t: z.string(), id: z.string() });
type Position = z.infer<typeof recentCursor>;

function matches(alert: Alert, query: AlertQuery): boolean {
  const received = Date.parse(alert.received_at);
  if (query.status && query.status !== alert.status) return false;
  if (query.severity && query.severity !== alert.severity) return false;
  if (query.tool && query.tool !== alert.tool_source) return false;
  if (query.from !== undefined && received < query.from) return false;
  if (query.to !== undefined && received > query.to) return false;
  if (!query.q) return true;
  const text =
    `${alert.asset_name}\n${alert.signature}\n${alert.raw_signature}\n${alert.message}`.toLowerCase();
  return query.q
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** A page of the hub's list, newest first, filtered as a company's own list is. */
export function recentPage(alerts: Alert[], query: AlertQuery, after: Position | null): AlertPage {
  const isAfter = (alert: Alert) =>
    !after || alert.received_at < after.t || (alert.received_at === after.t && alert.id < after.id);
  const rest = alerts
    .filter((alert) => isAfter(alert) && matches(alert, query))
    .sort((a, b) =>
      a.received_at === b.received_at ? (a.id < b.id ? 1 : -1) : a.received_at < b.received_at ? 1 : -1,
    );
  const items = rest.slice(0, query.limit);
  const last = rest.length > query.limit ? items.at(-1) : undefined;
  return { items, next_cursor: last ? encodeCursor({ t: last.received_at, id: last.id }) : null };
}
