import type { Alert } from "../../core/alert.ts";
import { pick } from "./query.ts";

const NAMES = ["company_id", "status", "severity", "tool", "q"] as const;

export function alertQuery(params: URLSearchParams): URLSearchParams {
  return pick(params, NAMES);
}

/** Whether an alert belongs in the list of that query. */
export function matchesAlert(alert: Alert, query: URLSearchParams): boolean {
  const wanted: [string, string][] = [
    ["company_id", alert.company_id],
    ["status", alert.status],
    ["severity", alert.severity],
    ["tool", alert.tool_source],
  ];
  if (wanted.some(([name, value]) => query.has(name) && query.get(name) !== value)) return false;
  const text = query.get("q")?.toLowerCase();
  if (!text) return true;
  const hay = [alert.message, alert.asset_name, alert.signature, alert.raw_signature].join(" ").toLowerCase();
  return text.split(/\s+/).every((word) => hay.includes(word));
}

export function newestAlertFirst(a: Alert, b: Alert): number {
  if (a.received_at !== b.received_at) return a.received_at < b.received_at ? 1 : -1;
  return a.id < b.id ? 1 : -1;
}
