import type { Reason } from "../alert.ts";
import { severityRank, worse } from "../severity.ts";
import { MEMBERS_MAX, NAMES_MAX, WHY_MAX } from "./limits.ts";
import type { AlertState, Changes, EngineStore, IncidentState, Person, TimelineRow } from "./state.ts";
import { titleOf } from "./text.ts";

const SYSTEM = { type: "system" } as const;

export function note(
  changes: Changes,
  incident: IncidentState,
  at: number,
  kind: string,
  text: string,
  more: Partial<Pick<TimelineRow, "actor" | "public" | "data">> = {},
): void {
  incident.timeline_seq += 1;
  changes.timeline.push({
    incident: incident.seq,
    seq: incident.timeline_seq,
    at,
    actor: more.actor ?? SYSTEM,
    kind,
    text,
    public: more.public ?? true,
    data: more.data,
  });
}

const NAMED = 3;

/** One entry per incident for all alerts that joined it together, written before its commit ends. */
export function noteJoined(changes: Changes, now: number): void {
  for (const [incident, alerts] of changes.joined) {
    const named = alerts.slice(0, NAMED).map((a) => `${a.asset_name || a.tool}: ${a.raw_signature}`);
    const more = alerts.length > NAMED ? ` and ${alerts.length - NAMED} more` : "";
    const text =
      alerts.length === 1
        ? `${named[0]} joined.`
        : `${alerts.length} alerts joined: ${named.join(", ")}${more}.`;
    note(changes, incident, now, "alert_joined", text, { actor: { type: "tool", name: alerts[0]?.tool } });
  }
  changes.joined.clear();
}

export function touch(changes: Changes, incident: IncidentState, now: number): void {
  incident.updated_at = now;
  changes.incidents.add(incident);
}

/** Takes a firing alert into an incident as a member of it; the caller gives the reason. */
export function include(
  changes: Changes,
  incident: IncidentState,
  alert: AlertState,
  why: Reason,
  now: number,
): void {
  alert.incident = incident.seq;
  alert.why.push(why);
  if (incident.members.length < MEMBERS_MAX) incident.members.push(alert.seq);
  incident.distinct += 1;
  incident.firing += 1;
  incident.alert_count += alert.count;
  incident.quiet_since = null;
  incident.last_alert_at = Math.max(incident.last_alert_at, now);
  if (incident.why.length < WHY_MAX) incident.why.push(why);
  describe(incident, alert);
  raise(changes, incident, alert, now);
  touch(changes, incident, now);
  changes.alerts.add(alert);
}

/** Names an asset on an incident, once, as far as there is room. */
export function nameAsset(incident: IncidentState, key: string, name: string): void {
  const room = incident.assets.length < NAMES_MAX;
  if (key && room && !incident.assets.some(([known]) => known === key)) incident.assets.push([key, name]);
}

/** Likewise a tool, in whatever case it writes itself. */
export function nameTool(incident: IncidentState, tool: string): void {
  const folded = tool.toLowerCase();
  const room = incident.tools.length < NAMES_MAX;
  if (room && !incident.tools.some((known) => known.toLowerCase() === folded)) incident.tools.push(tool);
}

/** Names, tools and title after one more alert. */
function describe(incident: IncidentState, alert: AlertState): void {
  nameAsset(incident, alert.asset_key, alert.asset_name);
  nameTool(incident, alert.tool);
  const several = incident.signature !== "" && alert.signature !== incident.signature;
  if (several) incident.signature = "";
  retitle(incident);
}

/** After its assets or problems changed, whatever changed them; what a rule or a person called it stays. */
export function retitle(incident: IncidentState): void {
  if (!incident.own_title) incident.title = titleOf(incident);
}

/** An incident is as severe as the worst it has seen since it opened; it never falls by itself. */
export function raise(changes: Changes, incident: IncidentState, alert: AlertState, now: number): void {
  if (severityRank(alert.severity) <= severityRank(incident.severity)) return;
  // A person's word stands until something comes that is worse than what they knew.
  const { said_severity } = incident;
  if (said_severity && severityRank(alert.severity) <= severityRank(said_severity.seen)) return;
  incident.said_severity = undefined;
  const before = incident.severity;
  incident.severity = worse(alert.severity, before);
  note(
    changes,
    incident,
    now,
    "severity_raised",
    `Severity raised from ${before} to ${incident.severity} by ${alert.asset_name || alert.tool}.`,
  );
  touch(changes, incident, now);
}

export function create(
  store: EngineStore,
  changes: Changes,
  alert: AlertState,
  init: { agg_key: string; title: string; critical_asset: boolean; recurrence_of: number | null },
  now: number,
): IncidentState {
  const incident: IncidentState = {
    seq: store.nextIncidentSeq(),
    agg_key: init.agg_key,
    status: "new",
    severity: alert.severity,
    title: init.title,
    category: alert.category,
    signature: alert.signature,
    signature_title: init.title,
    assets: [],
    tools: [],
    critical_asset: init.critical_asset,
    alert_count: 0,
    distinct: 0,
    firing: 0,
    members: [],
    assigned_to: null,
    acknowledged_at: null,
    acknowledged_by: null,
    why: [],
    created_at: now,
    opened_at: now,
    updated_at: now,
    last_alert_at: now,
    quiet_since: null,
    resolved_at: null,
    resolved_by: null,
    resolution_notes: null,
    reopen_count: 0,
    recurrence_of: init.recurrence_of,
    timeline_seq: 0,
    version: 0,
    commit: 0,
  };
  store.addIncident(incident);
  changes.created.add(incident);
  return incident;
}

/** Back to work: acknowledgement and resolution are undone, the history stays. */
export function reopen(
  changes: Changes,
  incident: IncidentState,
  now: number,
  text: string,
  actor?: TimelineRow["actor"],
): void {
  incident.status = "new";
  incident.reopen_count += 1;
  incident.opened_at = now;
  incident.acknowledged_at = null;
  incident.acknowledged_by = null;
  incident.resolved_at = null;
  incident.resolved_by = null;
  incident.resolution_notes = null;
  incident.said_severity = undefined;
  note(changes, incident, now, "reopened", text, { actor });
  touch(changes, incident, now);
}

export function resolve(
  changes: Changes,
  incident: IncidentState,
  now: number,
  text: string,
  by: Person | null,
  notes: string | null,
): void {
  incident.status = "resolved";
  incident.resolved_at = now;
  incident.resolved_by = by;
  incident.resolution_notes = notes;
  note(changes, incident, now, "resolved", text, {
    actor: by ? { type: "user", id: by.id, name: by.name } : undefined,
  });
  touch(changes, incident, now);
}

/** One alert less fires. When it was the last, the quiet period begins. */
export function alertClosed(
  changes: Changes,
  incident: IncidentState,
  now: number,
  resolveDelayMs: number,
): void {
  incident.firing = Math.max(0, incident.firing - 1);
  if (incident.firing === 0) {
    incident.quiet_since = now;
    if (incident.status !== "resolved") changes.resolveDue.set(incident.seq, now + resolveDelayMs);
  }
  touch(changes, incident, now);
}
