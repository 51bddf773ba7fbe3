import type { NormalizedAlert } from "../../core/alert.ts";

/** An alert of a web server; a test says only what matters to it. */
export function alertOf(more: Partial<NormalizedAlert> = {}): NormalizedAlert {
  return {
    status: "firing",
    asset_name: "web-01",
    asset_id: null,
    signature: "high_cpu_usage",
    severity: "high",
    category: null,
    message: "CPU at 97 %",
    tool_source: "test",
    caller_key: null,
    identity: null,
    variant: null,
    event_time: null,
    tags: [],
    links: [],
    flags: [],
    heartbeat: false,
    ...more,
  };
}
