import { ended } from "../core/engine/arrivals.ts";
import { alertClosed, note } from "../core/engine/incidents.ts";
import { EXPIRE_MS } from "../core/engine/limits.ts";
import type { AlertState, Changes, IncidentState } from "../core/engine/state.ts";
import type { CompanyCore } from "./company-core.ts";

// A day without a word of an alert closes it where its tool sends no recoveries. Others stay until their tool or a
// person says that it is over: many report a change of state once, however long it lasts.

/** Alerts beyond the listed that one run closes; a larger incident goes on in the next alarm. */
const UNLISTED_PER_RUN = 2000;
const MINUTE = 60_000;

/** @param where in which state it was silent, for the reason it is given */
export function expireAlert(
  core: CompanyCore,
  changes: Changes,
  alert: AlertState,
  now: number,
  where = "",
): void {
  alert.status = "expired";
  ended(alert, now);
  alert.variants = [];
  alert.resolved_at = now;
  const text = `Nothing was heard of it for 24 hours${where}, so it counts as over.`;
  alert.why.push({ rule: "expired.silent", text });
  core.store.keepAlert(alert);
  changes.alerts.add(alert);
  changes.seen.add(alert);
}

/** An alert that was kept in no incident, and is looked at by nothing else. @returns when to look again, or null */
export function expireKept(
  core: CompanyCore,
  changes: Changes,
  alert: AlertState,
  now: number,
): number | null {
  if (alert.status !== "firing" || alert.incident !== null || alert.suppressed_by === null) return null;
  const due = alert.last_received_at + EXPIRE_MS;
  if (due > now) return due;
  // A test says nothing more, whatever sent it.
  if (alert.suppressed_by !== "test" && core.recovering.has(alert.tool)) return now + EXPIRE_MS;
  expireAlert(core, changes, alert, now);
  return null;
}

/** The silent alerts of an incident. @returns when to look again, or null: none fires */
export function expireMembers(
  core: CompanyCore,
  changes: Changes,
  incident: IncidentState,
  now: number,
): number | null {
  let next: number | null = null;
  let expired = 0;
  const unlisted = core.store.unlistedFiring(incident, UNLISTED_PER_RUN);
  for (const alert of core.store.alertsOf([...incident.members, ...unlisted])) {
    if (alert.status !== "firing") continue;
    const due = alert.last_received_at + EXPIRE_MS;
    const lasts = incident.status !== "resolved" && core.recovering.has(alert.tool);
    if (due > now || lasts) {
      const look = Math.max(due, lasts ? now + EXPIRE_MS : 0);
      next = next === null ? look : Math.min(next, look);
      continue;
    }
    expireAlert(core, changes, alert, now);
    alertClosed(changes, incident, now, core.record.correlation.resolve_delay_minutes * MINUTE);
    expired += 1;
  }
  if (expired > 0) note(changes, incident, now, "alerts_expired", `${expired} silent for 24 hours expired.`);
  return expired > 0 && unlisted.length === UNLISTED_PER_RUN ? now : next;
}
