import { fail, ok, type Result } from "../errors.ts";
import type { Severity } from "../severity.ts";
import { note, touch } from "./incidents.ts";
import { REGROUPED_MAX } from "./limits.ts";
import type { Changes, Feedback, IncidentState, Person } from "./state.ts";

const actorOf = (by: Person) => ({ type: "user", id: by.id, name: by.name }) as const;

/**
 * A person says how severe an incident is. It stays so until an alert is worse than all that were seen before,
 * or it is reopened. `changed` is false where nothing was left to do.
 */
export function setSeverity(
  changes: Changes,
  incident: IncidentState,
  severity: Severity,
  by: Person,
  now: number,
): Result<{ changed: boolean }> {
  if (incident.status === "resolved")
    return fail("conflict", "This incident is resolved; reopen it to change its severity.");
  if (incident.severity === severity) return ok({ changed: false });
  const before = incident.severity;
  incident.said_severity = { by, at: now, seen: incident.said_severity?.seen ?? before };
  incident.severity = severity;
  const text = `${by.name} changed the severity from ${before} to ${severity}.`;
  note(changes, incident, now, "severity_set", text, { actor: actorOf(by) });
  touch(changes, incident, now);
  return ok({ changed: true });
}

/** What a technician thinks of a grouping: kept, told to others, and learned from. */
export function giveFeedback(
  changes: Changes,
  incident: IncidentState,
  feedback: Omit<Feedback, "by" | "at">,
  by: Person,
  now: number,
): Result<null> {
  const alerts = feedback.alerts.filter((seq) => incident.members.includes(seq));
  if (alerts.length !== feedback.alerts.length)
    return fail("conflict", "Some of these alerts are not in this incident any more.");
  // A second thought takes the place of the first.
  const kept = (incident.feedback ?? []).filter((one) => one.by.id !== by.id);
  incident.feedback = [...kept, { ...feedback, by, at: now }].slice(-REGROUPED_MAX);
  const said = feedback.comment ? `: ${feedback.comment}` : ".";
  const about = alerts.length > 0 ? `${alerts.length} of its alerts` : "it";
  const text = feedback.good
    ? `${by.name} finds ${about} rightly grouped${said}`
    : `${by.name} finds ${about} wrongly grouped${said}`;
  note(changes, incident, now, "feedback", text, { actor: actorOf(by), public: false });
  touch(changes, incident, now);
  const kind = feedback.good ? "good" : "bad";
  changes.lessons.push({
    kind,
    incident: incident.seq,
    alerts: alerts.length > 0 ? alerts : incident.members,
    at: now,
  });
  return ok(null);
}
