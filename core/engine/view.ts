import type { Alert } from "../alert.ts";
import { alertId, incidentId } from "../ids.ts";
import type { Incident, IncidentDetail, TimelineEntry } from "../incident.ts";
import { readableKey } from "../keys.ts";
import { priority, priorityBase } from "../priority.ts";
import type { AlertState, IncidentState, StormFigures, TimelineRow } from "./state.ts";

const iso = (ms: number) => new Date(ms).toISOString();
const isoOrNull = (ms: number | null) => (ms === null ? null : iso(ms));

/** An alert as the API answers it. */
export function alertView(companyId: string, a: AlertState): Alert {
  return {
    id: alertId(companyId, a.seq),
    company_id: companyId,
    incident_id: a.incident === null ? null : incidentId(companyId, a.incident),
    asset_name: a.asset_name,
    asset_id: a.asset_id,
    signature: a.signature,
    raw_signature: a.raw_signature,
    severity: a.severity,
    original_severity: a.original_severity,
    category: a.category,
    message: a.message,
    tool_source: a.tool,
    status: a.status,
    dedup_key: readableKey(companyId, a.key),
    count: a.count,
    delivery_id: a.delivery_id,
    first_seen: iso(a.first_seen),
    last_seen: iso(a.last_seen),
    received_at: iso(a.received_at),
    resolved_at: isoOrNull(a.resolved_at),
    suppressed_by: a.suppressed_by,
    ...(a.held ? { waiting: true } : {}),
    ...(a.flapping ? { flapping: true } : {}),
    // fromEntries defines own properties, so a tag called __proto__ stays a tag.
    tags: Object.fromEntries(a.tags),
    links: a.links,
    flags: a.flags,
    why: a.why,
  };
}

function scoreInput(i: IncidentState) {
  return {
    severity: i.severity,
    critical_asset: i.critical_asset,
    alert_count: i.alert_count,
    tools: i.tools.length,
  };
}

function stormView({ since, until, assets, signatures, tools }: StormFigures): Incident["storm"] {
  const named = (list: [string, number][]) => list.map(([name, alerts]) => ({ name, alerts }));
  return {
    since: iso(since),
    until: isoOrNull(until),
    assets: named(assets),
    signatures: named(signatures),
    tools: named(tools),
  };
}

/** The newest merge or split, which can be taken back. */
function regroupedView(companyId: string, i: IncidentState): Pick<Incident, "regrouped"> {
  const last = i.regrouped?.at(-1);
  if (!last) return {};
  const { kind, other, at, by } = last;
  return { regrouped: { kind, incident_id: incidentId(companyId, other), at: iso(at), by } };
}

/** What people think of a grouping, as the detail shows it. */
export function feedbackView(companyId: string, i: IncidentState): IncidentDetail["feedback"] {
  return (i.feedback ?? []).map(({ by, good, comment, alerts, at }) => ({
    by,
    good,
    comment,
    alert_ids: alerts.map((seq) => alertId(companyId, seq)),
    at: iso(at),
  }));
}

/** The score without age: what is stored and indexed. */
export function baseScore(i: IncidentState): number {
  return priorityBase(scoreInput(i));
}

/** An incident as the API answers it at `now`. */
export function incidentView(companyId: string, i: IncidentState, now: number): Incident {
  const { score, parts } = priority(scoreInput(i), i.created_at, now);
  return {
    id: incidentId(companyId, i.seq),
    company_id: companyId,
    title: i.title,
    status: i.status,
    severity: i.severity,
    priority_score: score,
    priority_parts: parts,
    category: i.category,
    asset_names: i.assets.map(([, name]) => name),
    signature: i.signature,
    alert_count: i.alert_count,
    distinct_alerts: i.distinct,
    firing_alerts: i.firing,
    tool_sources: i.tools,
    assigned_to: i.assigned_to,
    acknowledged_at: isoOrNull(i.acknowledged_at),
    acknowledged_by: i.acknowledged_by,
    escalated: false,
    escalation_level: 0,
    escalation_reason: null,
    aggregation_key: readableKey(companyId, i.agg_key),
    why: i.why,
    flapping: (i.flapping ?? 0) > 0,
    ...(i.storm ? { storm: stormView(i.storm) } : {}),
    ...(i.merged_into === undefined ? {} : { merged_into: incidentId(companyId, i.merged_into) }),
    ...regroupedView(companyId, i),
    ...(i.runbook ? { runbook_hint: i.runbook } : {}),
    ai: null,
    decision: null,
    remediation: null,
    sla: null,
    created_at: iso(i.created_at),
    updated_at: iso(i.updated_at),
    last_alert_at: iso(i.last_alert_at),
    resolved_at: isoOrNull(i.resolved_at),
    resolved_by: i.resolved_by,
    resolution_notes: i.resolution_notes,
    source_still_firing: i.status === "resolved" && i.firing > 0,
    reopen_count: i.reopen_count,
    recurrence_of: i.recurrence_of === null ? null : incidentId(companyId, i.recurrence_of),
    self_healed: false,
    version: i.version,
  };
}

export function timelineView(row: TimelineRow): TimelineEntry {
  return {
    seq: row.seq,
    at: iso(row.at),
    actor: row.actor,
    kind: row.kind,
    text: row.text,
    public: row.public,
    ...(row.data ? { data: row.data } : {}),
  };
}
