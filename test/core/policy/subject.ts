import type { AlertState } from "../../../core/engine/state.ts";

/** An alert as the engine keeps it; a test says only what matters to it. */
export function stateOf(more: Partial<AlertState> & { group?: string } = {}): AlertState {
  return {
    seq: 1,
    key: "k",
    incident: null,
    status: "firing",
    severity: "high",
    original_severity: "high",
    category: "Server",
    asset_name: "DB-01.example.net",
    asset_id: null,
    asset_key: "db-01.example.net",
    signature: "disk_full",
    raw_signature: "Disk usage",
    message: "Disk C: at 97 %",
    tool: "Zabbix",
    delivery_id: null,
    count: 1,
    first_seen: 0,
    last_seen: 0,
    fired_at: 0,
    resolved_at: null,
    received_at: 0,
    last_received_at: 0,
    suppressed_by: null,
    tags: [["Site", "Lyon"]],
    links: [],
    flags: [],
    why: [],
    variants: [],
    commit: 0,
    ...more,
  };
}
