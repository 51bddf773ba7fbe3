import type { Incident } from "../../core/incident.ts";
import { severityRank } from "../../core/severity.ts";
import { liveScore } from "./live-score.ts";
import { pick } from "./query.ts";

export const SORTS = ["priority", "created", "updated", "severity"] as const;
export type Sort = (typeof SORTS)[number];

const NAMES = ["company_id", "status", "severity", "q", "sort"] as const;

/** The API's query of a page address: open incidents by priority unless the address says otherwise. */
export function incidentQuery(params: URLSearchParams): URLSearchParams {
  const query = pick(params, NAMES);
  if (!query.has("status")) query.set("status", "open");
  if (query.get("status") === "all") query.delete("status");
  if (!query.has("sort")) query.set("sort", "priority");
  return query;
}

/** Whether a live incident belongs in the list of that query. Text is searched as the lists do, by words. */
export function matchesQuery(incident: Incident, query: URLSearchParams): boolean {
  const status = query.get("status");
  if (status === "open" ? incident.status === "resolved" : status && incident.status !== status) return false;
  const severity = query.get("severity");
  if (severity && incident.severity !== severity) return false;
  const company = query.get("company_id");
  if (company && incident.company_id !== company) return false;
  const text = query.get("q")?.toLowerCase();
  if (!text) return true;
  const hay = [incident.title, incident.signature, ...incident.asset_names].join(" ").toLowerCase();
  return text.split(/\s+/).every((word) => hay.includes(word));
}

const newestFirst = (a: string, b: string) => (a < b ? 1 : a > b ? -1 : 0);

type Compare = (a: Incident, b: Incident) => number;

const COMPARE: Record<Exclude<Sort, "priority">, Compare> = {
  created: (a, b) => newestFirst(a.created_at, b.created_at),
  updated: (a, b) => newestFirst(a.updated_at, b.updated_at),
  severity: (a, b) => severityRank(b.severity) - severityRank(a.severity),
};

/**
 * The order of that query's list at `now` (epoch ms), ties by age and id. A score sent earlier has lost
 * less to age than one sent later, so priorities are compared as they are now.
 */
export function compareBy(query: URLSearchParams, now: number): Compare {
  const sort = SORTS.find((name) => name === query.get("sort")) ?? "priority";
  const first: Compare =
    sort === "priority" ? (a, b) => liveScore(b, now).score - liveScore(a, now).score : COMPARE[sort];
  return (a, b) => first(a, b) || newestFirst(a.created_at, b.created_at) || newestFirst(a.id, b.id);
}
