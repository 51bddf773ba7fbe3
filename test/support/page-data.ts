import type { Alert } from "../../core/alert.ts";
import type { Incident } from "../../core/incident.ts";

/** An open incident as the API sends it, five minutes old at `SEEN`. */
export function incident(id: string, change: Partial<Incident> = {}): Incident {
  return {
    id,
    company_id: "cmp_1",
    title: `Host down on ${id}`,
    status: "new",
    severity: "high",
    priority_score: 62,
    priority_parts: { severity: 60, critical_asset: 0, duplicates: 2, multi_tool: 0, age: 0 },
    category: "Other",
    asset_names: [id],
    signature: "host_down",
    alert_count: 1,
    distinct_alerts: 1,
    firing_alerts: 1,
    tool_sources: ["ping"],
    assigned_to: null,
    acknowledged_at: null,
    acknowledged_by: null,
    escalated: false,
    escalation_level: 0,
    escalation_reason: null,
    aggregation_key: `asset|signature|${id}|host_down`,
    why: [],
    flapping: false,
    ai: null,
    decision: null,
    remediation: null,
    sla: null,
    created_at: "2026-03-01T09:55:00.000Z",
    updated_at: "2026-03-01T09:55:00.000Z",
    last_alert_at: "2026-03-01T09:55:00.000Z",
    resolved_at: null,
    resolved_by: null,
    resolution_notes: null,
    source_still_firing: false,
    reopen_count: 0,
    recurrence_of: null,
    self_healed: false,
    version: 1,
    ...change,
  };
}

export const SEEN = Date.parse("2026-03-01T10:00:00.000Z");

/** A firing alert as the API sends it. */
export function alert(id: string, change: Partial<Alert> = {}): Alert {
  return {
    id,
    company_id: "cmp_1",
    incident_id: null,
    asset_name: "web-01",
    asset_id: null,
    signature: "host_down",
    raw_signature: "HostDown",
    severity: "high",
    original_severity: "high",
    category: "Other",
    message: "no answer to ping",
    tool_source: "ping",
    status: "firing",
    dedup_key: `ping|${id}`,
    count: 1,
    delivery_id: null,
    first_seen: "2026-03-01T09:55:00.000Z",
    last_seen: "2026-03-01T09:55:00.000Z",
    received_at: "2026-03-01T09:55:00.000Z",
    resolved_at: null,
    suppressed_by: null,
    tags: {},
    links: [],
    flags: [],
    why: [],
    ...change,
  };
}
