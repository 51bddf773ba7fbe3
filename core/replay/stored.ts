import type { NormalizedAlert } from "../alert.ts";
import type { Span } from "../engine/arrivals.ts";
import type { AlertState } from "../engine/state.ts";

/** One arrival or recovery of a stored alert. Epoch ms. */
export interface Step {
  at: number;
  kind: "fires" | "recovers";
}

/** Arrivals told one by one; of more, so many that no window could close between two. */
const EACH_MAX = 256;

/**
 * How an alert's row becomes arrivals again: its first at `received_at`, then each span's, evenly spread
 * between its ends, and a recovery where it had one. Of a row from before spans were kept, what its times say.
 * `windowMs`: the shortest window that the steps are replayed through.
 */
export function stepsOf(alert: AlertState, windowMs: number): Step[] {
  const steps: Step[] = [];
  for (const [first, last, times, over] of spansOf(alert)) {
    const told = Math.min(times, Math.max(EACH_MAX, Math.ceil((8 * (last - first)) / windowMs) + 1));
    for (let i = 0; i < told; i++) {
      const at = told === 1 ? first : Math.round(first + ((last - first) * i) / (told - 1));
      steps.push({ at, kind: "fires" });
    }
    if (over > 0) steps.push({ at: Math.max(over, last), kind: "recovers" });
  }
  return steps;
}

function spansOf(alert: AlertState): readonly Span[] {
  if (alert.arrivals) return alert.arrivals;
  const over = alert.status === "firing" ? 0 : (alert.resolved_at ?? alert.last_received_at);
  return [[alert.received_at, alert.last_received_at, alert.count, over]];
}

/** Kept without an incident whatever the settings: its recovery came before it. */
export const neverGrouped = (alert: AlertState): boolean =>
  alert.incident === null && alert.why.some((reason) => reason.rule === "recovery.came_first");

/** The alert as an adapter gave it, as far as its row still knows; its key stands for what told it apart. */
export function normalizedOf(alert: AlertState, names: Names): NormalizedAlert {
  return {
    status: "firing",
    asset_name: names.of(alert.asset_name),
    asset_id: alert.asset_id,
    signature: names.of(alert.raw_signature),
    severity: alert.original_severity,
    category: alert.category,
    message: alert.message,
    tool_source: names.of(alert.tool),
    caller_key: alert.key,
    identity: null,
    variant: null,
    event_time: null,
    tags: alert.tags,
    links: [],
    flags: alert.flags,
    heartbeat: alert.suppressed_by === "heartbeat",
    test: alert.suppressed_by === "test",
    group: alert.group ?? null,
    family: alert.family ?? null,
  };
}

/** What is told of a stored alert at the end; the rest of its row is let go once it was replayed. */
export type StoredFacts = Pick<
  AlertState,
  | "seq"
  | "incident"
  | "received_at"
  | "last_received_at"
  | "resolved_at"
  | "count"
  | "suppressed_by"
  | "severity"
  | "asset_key"
  | "asset_name"
  | "tool"
  | "signature"
>;

/** Names repeat from alert to alert: each is kept once. */
export class Names {
  private known = new Map<string, string>();

  of(name: string): string {
    const known = this.known.get(name);
    if (known !== undefined) return known;
    this.known.set(name, name);
    return name;
  }
}

export const factsOf = (alert: AlertState, names: Names): StoredFacts => ({
  seq: alert.seq,
  incident: alert.incident,
  received_at: alert.received_at,
  last_received_at: alert.last_received_at,
  resolved_at: alert.resolved_at,
  count: alert.count,
  suppressed_by: alert.suppressed_by,
  severity: alert.severity,
  asset_key: names.of(alert.asset_key),
  asset_name: names.of(alert.asset_name),
  tool: names.of(alert.tool),
  signature: names.of(alert.signature),
});
