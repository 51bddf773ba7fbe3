import type { Severity } from "../severity.ts";
import { severityRank } from "../severity.ts";
import type { EngineContext, Outcome } from "./context.ts";
import { placeAlert } from "./placing.ts";
import type { AlertState } from "./state.ts";
import { countNew } from "./storm.ts";

/** Signs of life and tests are never an incident, however bad they say they are. */
const NEVER = new Set(["heartbeat", "test"]);

/**
 * An alert that is held back has grown worse than it was: where the company's policy does not cover what it is now,
 * it is placed as if it had just come. null: it stays held.
 */
export function outgrow(ctx: EngineContext, alert: AlertState, was: Severity, now: number): Outcome | null {
  const { suppressed_by } = alert;
  if (suppressed_by === null || NEVER.has(suppressed_by) || alert.status !== "firing") return null;
  if (severityRank(alert.severity) <= severityRank(was)) return null;
  const verdict = ctx.policy?.decide(alert, now);
  if (verdict?.suppress || verdict?.drop) return null;
  alert.suppressed_by = null;
  alert.why.push({
    rule: "suppressed.outgrown",
    key: suppressed_by,
    text: `It grew from ${was} to ${alert.severity}, which is not held back.`,
  });
  ctx.changes.alerts.add(alert);
  ctx.changes.seen.add(alert);
  countNew(ctx, now);
  return placeAlert(ctx, alert, now);
}
