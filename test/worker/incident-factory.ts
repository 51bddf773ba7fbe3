import type { Incident } from "../../core/incident.ts";
import { priorityBase } from "../../core/priority.ts";
import type { Severity } from "../../core/severity.ts";
import type { ProjectedIncident } from "../../durable-objects/rpc.ts";
import { newId } from "../../worker/new-id.ts";

/** A tenant's ids without the tenant: the lists need no more. */
export function bareTenant(): { msp_id: string; company_id: string } {
  return { msp_id: newId("msp"), company_id: newId("co") };
}

interface Given extends Partial<Omit<Incident, "created_at" | "updated_at" | "severity">> {
  severity?: Severity;
  /** Epoch ms. */
  created?: number;
  updated?: number;
}

/** An incident as a company's object would hand it to the lists. */
export function projected(companyId: string, seq: number, given: Given = {}): ProjectedIncident {
  const { created = Date.now(), updated = created, severity = "high", ...rest } = given;
  const alert_count = rest.alert_count ?? 1;
  const base = priorityBase({ severity, critical_asset: false, alert_count, tools: 1 });
  const at = new Date(created).toISOString();
  const incident: Incident = {
    id: `in_${companyId.slice(3)}_${seq.toString(36)}`,
    company_id: companyId,
    title: `High CPU usage on web-${seq}`,
    status: "new",
    severity,
    priority_score: base,
    priority_parts: { severity: base, critical_asset: 0, duplicates: 0, multi_tool: 0, age: 0 },
    category: "Server",
    asset_names: [`web-${seq}`],
    signature: "high_cpu_usage",
    alert_count,
    distinct_alerts: 1,
    firing_alerts: 1,
    tool_sources: ["generic"],
    assigned_to: null,
    acknowledged_at: null,
    acknowledged_by: null,
    escalated: false,
    escalation_level: 0,
    escalation_reason: null,
    aggregation_key: `web-${seq}|high_cpu_usage`,
    why: [],
    flapping: false,
    ai: null,
    decision: null,
    remediation: null,
    sla: null,
    created_at: at,
    updated_at: new Date(updated).toISOString(),
    last_alert_at: at,
    resolved_at: null,
    resolved_by: null,
    resolution_notes: null,
    source_still_firing: false,
    reopen_count: 0,
    recurrence_of: null,
    self_healed: false,
    version: 1,
    ...rest,
  };
  return { incident, priority_base: base };
}
