import type { Asset } from "../../core/asset-schema.ts";
import { pick } from "./query.ts";

export const ASSET_PAGE = 200;

export interface AssetPage {
  items: Asset[];
  next_cursor: string | null;
  total: number;
}

const FILTERS = ["q", "health", "critical", "environment", "type", "tag"] as const;

/** What of a page's address the API's list is asked for. */
export function assetQuery(params: URLSearchParams): URLSearchParams {
  return pick(params, [...FILTERS, "sort"]);
}

/** Whether the list is narrowed, so that nothing in it does not mean there is nothing. */
export function isNarrowed(query: string): boolean {
  const params = new URLSearchParams(query);
  return FILTERS.some((name) => params.has(name));
}

/**
 * Rows as they are now, in the order in which somebody is reading them: known rows keep their place, and
 * what is new waits. `before` holds the ids in their order on the page.
 */
export function keptOrder<T extends { id: string }>(rows: T[], before: readonly string[]): T[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  return before.flatMap((id) => byId.get(id) ?? []);
}
