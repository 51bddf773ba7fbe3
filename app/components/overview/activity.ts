import type { Alert } from "../../../core/alert.ts";
import type { Incident } from "../../../core/incident.ts";

/** Something that happened, read off the state of an incident or alert. */
export interface Activity {
  id: string;
  at: string;
  kind: "opened" | "acknowledged" | "resolved" | "alert" | "recovered";
  text: string;
  href: string;
  company_id: string;
}

function ofIncident(incident: Incident): Activity[] {
  const { id, title, company_id } = incident;
  const entry = (kind: Activity["kind"], at: string, text: string): Activity => ({
    id: `${id} ${kind}`,
    at,
    kind,
    text,
    href: `/incidents/${id}`,
    company_id,
  });
  const out = [entry("opened", incident.created_at, `Incident opened: ${title}`)];
  if (incident.acknowledged_at) {
    const who = incident.acknowledged_by?.name ?? "Somebody";
    out.push(entry("acknowledged", incident.acknowledged_at, `${who} acknowledged ${title}`));
  }
  if (incident.resolved_at) {
    const who = incident.resolved_by;
    out.push(
      entry(
        "resolved",
        incident.resolved_at,
        who ? `${who.name} resolved ${title}` : `Resolved by itself: ${title}`,
      ),
    );
  }
  return out;
}

function ofAlert(alert: Alert): Activity {
  const { id, company_id } = alert;
  const where = alert.asset_name ? ` on ${alert.asset_name}` : "";
  const href = alert.incident_id ? `/incidents/${alert.incident_id}` : `/alerts?alert=${id}`;
  const text = `${alert.message || alert.signature}${where}`;
  if (alert.resolved_at) return { id, company_id, href, text, at: alert.resolved_at, kind: "recovered" };
  return {
    id,
    company_id,
    href,
    text: alert.count > 1 ? `${text} (×${alert.count})` : text,
    at: alert.last_seen,
    kind: "alert",
  };
}

/** Newest first, at most `limit`. */
export function activityOf(
  incidents: Iterable<Incident>,
  alerts: Iterable<Alert>,
  limit: number,
): Activity[] {
  const all = [...incidents].flatMap(ofIncident);
  for (const alert of alerts) all.push(ofAlert(alert));
  return all.sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : a.id < b.id ? 1 : -1)).slice(0, limit);
}
