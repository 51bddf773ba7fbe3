import type { Place, Sort } from "./order.ts";

export const OPEN_STATUSES = ["new", "acknowledged", "in_progress"];
export const ALL_STATUSES = [...OPEN_STATUSES, "resolved"];
export const ALL_RANKS = [1, 2, 3, 4];

/** What a page of the list is asked for; the tenant is always part of it. */
export interface IncidentFilter {
  msp_id: string;
  /** null: every company of the MSP. */
  company_ids: string[] | null;
  statuses: string[];
  severity_ranks: number[];
  q: string | null;
  /** A person's id, or "nobody". */
  assigned_to?: string;
  escalated?: boolean;
  /** Epoch ms, inclusive, on the time of creation. */
  from: number | null;
  to: number | null;
  sort: Sort;
  /** The instant at which ages are taken; the same for all pages of one walk. */
  asof: number;
  after: Place | null;
  limit: number;
}

export interface ListedIncident extends Place {
  data: string;
  priority_base: number;
}
