import type { Alert } from "../../core/alert.ts";
import type { Incident } from "../../core/incident.ts";

/** What the server listed and what the stream said since, each incident in its highest version. */
export function mergeIncidents(listed: Incident[], live: ReadonlyMap<string, Incident>): Incident[] {
  const byId = new Map(listed.map((incident) => [incident.id, incident]));
  for (const incident of live.values()) {
    const known = byId.get(incident.id);
    if (!known || incident.version > known.version) byId.set(incident.id, incident);
  }
  return [...byId.values()];
}

/** Alerts carry no version: the one seen later, or counted higher, is the newer. */
export function newerAlert(a: Alert, b: Alert): boolean {
  return a.last_seen >= b.last_seen && a.count >= b.count;
}

export function mergeAlerts(listed: Alert[], live: ReadonlyMap<string, Alert>): Alert[] {
  const byId = new Map(listed.map((alert) => [alert.id, alert]));
  for (const alert of live.values()) {
    const known = byId.get(alert.id);
    if (!known || newerAlert(alert, known)) byId.set(alert.id, alert);
  }
  return [...byId.values()];
}
