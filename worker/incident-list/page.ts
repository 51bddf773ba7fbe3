import type { Incident } from "../../core/incident.ts";
import { agePoints } from "../../core/priority.ts";
import { ALL_RANKS, type IncidentFilter, type ListedIncident } from "./filter.ts";
import type { Place } from "./order.ts";
import { searchPage } from "./search.ts";
import { walkPage } from "./walk.ts";

export interface IncidentPage {
  items: Incident[];
  /** The last row's place where more follow. */
  last: Place | null;
}

const round2 = (n: number) => Math.round(n * 100) / 100;

/** As stored, with the age at `now` (epoch ms) in score and parts. */
export function atAge(row: Pick<ListedIncident, "data" | "priority_base">, now: number): Incident {
  const incident = JSON.parse(row.data) as Incident;
  const age = agePoints(Date.parse(incident.created_at), now);
  return {
    ...incident,
    priority_score: round2(row.priority_base - age),
    priority_parts: { ...incident.priority_parts, age },
  };
}

function canWalk(filter: IncidentFilter): boolean {
  if (filter.q !== null || filter.assigned_to !== undefined || filter.escalated !== undefined) return false;
  if (filter.sort !== "updated") return true;
  return filter.from === null && filter.to === null && filter.severity_ranks.length === ALL_RANKS.length;
}

/** A page of the incident list. Throws when the database is away. */
export async function incidentPage(
  db: D1Database,
  filter: IncidentFilter,
  now: number,
): Promise<IncidentPage> {
  const ask = { ...filter, limit: filter.limit + 1 };
  const rows = canWalk(filter) ? await walkPage(db, ask) : await searchPage(db, ask);
  const shown = rows.slice(0, filter.limit);
  const end = rows.length > filter.limit ? shown.at(-1) : undefined;
  return {
    items: shown.map((row) => atAge(row, now)),
    last: end ? { k: end.k, t: end.t, seq: end.seq } : null,
  };
}
