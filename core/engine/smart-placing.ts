import type { Reason } from "../alert.ts";
import type { AssetBook } from "../asset-book.ts";
import type { SmartInput, SmartPort } from "../smart/port.ts";
import type { EngineContext, Outcome } from "./context.ts";
import { absorbHeld, hold, mayOpen, waitingSince } from "./holding.ts";
import { HARD_AGE_MS } from "./limits.ts";
import { mergeIncidents, survivorOf } from "./merging.ts";
import { found, type How, joinStorm, joinTo, reopenWith, takesBack } from "./placing.ts";
import type { AlertState, IncidentState } from "./state.ts";
import { stormIncident } from "./storm.ts";

/** An alert as the strategy sees it; `at`: epoch ms, when it came. */
export function smartInput(assets: AssetBook, alert: AlertState, at: number): SmartInput {
  return {
    asset: alert.asset_key,
    signature: alert.signature,
    check: alert.raw_signature,
    tool: alert.tool,
    group: alert.group ?? null,
    severity: alert.severity,
    at,
    neighbours: assets.neighboursOf(alert.asset_key),
  };
}

/** Tells the strategy where an alert went, whoever decided it; `seen`: as it was asked, where it was. */
export function tellSmart(
  ctx: EngineContext,
  alert: AlertState,
  incident: IncidentState,
  now: number,
  seen?: SmartInput,
): void {
  ctx.smart?.placed(seen ?? smartInput(ctx.assets, alert, now), incident.seq);
}

function open(ctx: EngineContext, seq: number, now: number): IncidentState | null {
  const incident = survivorOf(ctx.store, ctx.store.incident(seq));
  if (!incident) return null;
  if (incident.status === "resolved") return takesBack(ctx, incident, now) ? incident : null;
  return now - incident.created_at < HARD_AGE_MS ? incident : null;
}

/** Asks the strategy for the incident of a new alert, and does what it says. */
export function placeBySmart(
  ctx: EngineContext,
  smart: SmartPort,
  alert: AlertState,
  now: number,
  how: How,
): Outcome {
  const seen = smartInput(ctx.assets, alert, now);
  const said = smart.place(seen, (seq) => open(ctx, seq, now) !== null);
  const [first, ...others] = said.reasons;
  const why: Reason = first ?? { rule: "smart", text: "Grouped by evidence." };
  const into = said.kind === "join" ? open(ctx, said.incident, now) : null;
  if (into && said.kind === "join") {
    const outcome =
      into.status === "resolved"
        ? reopenWith(ctx, into, alert, why, now, seen)
        : joinTo(ctx, into, alert, why, now, seen);
    alert.why.push(...others);
    for (const { incident: seq, reasons } of said.pull) pull(ctx, into, seq, reasons, now);
    return outcome;
  }
  const key = `${ctx.company_id}|smart|${alert.seq}`;
  const waits = `${ctx.company_id}|smart-wait|${alert.asset_key}|${alert.signature}`;
  const target = { key: waits, shown: "", by: "smart", rule: null, alone: false };
  if (!how.force && !mayOpen(ctx, alert, target, now)) return hold(ctx, alert, waits, now);
  const storm = stormIncident(ctx, alert, now);
  if (storm) return joinStorm(ctx, storm, alert, now, seen);
  const since = waitingSince(alert, now);
  const incident = found(ctx, alert, key, why, how.before ?? null, now, seen);
  alert.why.push(...others);
  absorbHeld(ctx, incident, waits, alert, since, now);
  return { alert, outcome: "opened" };
}

/** A second incident that the alert shows to be the same trouble; one that a person has taken is left alone. */
function pull(ctx: EngineContext, into: IncidentState, seq: number, reasons: Reason[], now: number): void {
  const other = survivorOf(ctx.store, ctx.store.incident(seq));
  if (!other || other === into || other.status !== "new" || other.storm) return;
  const why = reasons[0] ?? { rule: "smart", text: "One trouble." };
  mergeIncidents(ctx, into, [other], null, why, now);
}
