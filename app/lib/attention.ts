import type { Alert } from "../../core/alert.ts";
import type { Incident } from "../../core/incident.ts";

export type WaitingAlert = Pick<Alert, "id" | "company_id">;
export type StormIncident = Pick<
  Incident,
  "id" | "company_id" | "version" | "storm" | "status" | "distinct_alerts"
>;

/** What the page was loaded with: alerts that waited among the newest, incidents of storms that went on. */
export interface Attention {
  waiting: WaitingAlert[];
  storms: StormIncident[];
}

/** One company's: how many of its newest alerts wait, and the storm's incident. */
export interface CompanyAttention {
  company_id: string;
  waiting: number;
  storm: StormIncident | null;
}

export const waits = ({ waiting, status }: Alert): boolean => waiting === true && status === "firing";
export const storms = ({ storm, status }: StormIncident): boolean =>
  storm !== undefined && storm.until === null && status !== "resolved";

/** What was loaded and what the stream said since, by company; `scope` null: all. Storms come first. */
export function attentionOf(
  loaded: Attention,
  live: { alerts: ReadonlyMap<string, Alert>; incidents: ReadonlyMap<string, Incident> },
  scope: string | null,
): CompanyAttention[] {
  const found = new Map<string, CompanyAttention>();
  const of = (company_id: string): CompanyAttention => {
    const known = found.get(company_id);
    if (known) return known;
    const made = { company_id, waiting: 0, storm: null };
    found.set(company_id, made);
    return made;
  };
  const waiting = new Map(loaded.waiting.map((alert) => [alert.id, alert]));
  for (const alert of live.alerts.values())
    if (waits(alert)) waiting.set(alert.id, alert);
    else waiting.delete(alert.id);
  for (const { company_id } of waiting.values()) of(company_id).waiting += 1;
  const open = new Map(loaded.storms.map((incident) => [incident.id, incident]));
  for (const incident of live.incidents.values()) {
    const known = open.get(incident.id);
    if (!known || incident.version > known.version) open.set(incident.id, incident);
  }
  for (const incident of open.values()) if (storms(incident)) of(incident.company_id).storm = incident;
  return [...found.values()]
    .filter(({ company_id }) => !scope || company_id === scope)
    .sort((a, b) => Number(b.storm !== null) - Number(a.storm !== null) || b.waiting - a.waiting);
}
