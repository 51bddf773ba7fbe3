import { ended } from "./arrivals.ts";
import { type EngineContext, MINUTE } from "./context.ts";
import { alertClosed } from "./incidents.ts";
import { incidentOf } from "./merging.ts";
import { smartInput } from "./smart-placing.ts";
import type { AlertState } from "./state.ts";

/**
 * Under the `smart` strategy: a firing alert comes again when its incident's trouble is over, from a tool that
 * never says so. Then the old one ended with the trouble, and this is a new one. True where that was done.
 */
export function lapse(ctx: EngineContext, known: AlertState, now: number): boolean {
  if (!ctx.smart || ctx.settings.strategy !== "smart") return false;
  const incident = incidentOf(ctx.store, known);
  if (!incident || !ctx.smart.lapsed(smartInput(ctx.assets, known, now), incident.seq)) return false;
  known.status = "expired";
  known.variants = [];
  known.resolved_at = known.last_received_at;
  ended(known, known.last_received_at);
  known.why.push({
    rule: "expired.quiet",
    text: "Its tool sends no recoveries, and it came again only after its incident had gone quiet: over since then.",
  });
  ctx.changes.alerts.add(known);
  ctx.changes.seen.add(known);
  alertClosed(ctx.changes, incident, now, ctx.settings.resolve_delay_minutes * MINUTE);
  return true;
}
