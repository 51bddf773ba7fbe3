import { cut } from "../adapters/adapter.ts";
import type { NormalizedAlert, Reason, SourceUpdate } from "../alert.ts";
import type { Severity } from "../severity.ts";
import type { EngineContext, Outcome } from "./context.ts";
import { note, raise, touch } from "./incidents.ts";
import { WHY_MAX } from "./limits.ts";
import { incidentOf } from "./merging.ts";
import { outgrow } from "./outgrowing.ts";
import type { AlertState, IncidentState } from "./state.ts";
import { worstVariant } from "./variants.ts";

/** Adds a reason. How it was told apart and grouped stays; of what came later, the newest. */
export function explain(alert: AlertState, reason: Reason): void {
  alert.why.push(reason);
  if (alert.why.length > WHY_MAX) alert.why.splice(2, 1);
}

/** A word from the source about an alert: it stands beside what happened, and changes no state. */
export function noteUpdate(
  ctx: EngineContext,
  a: NormalizedAlert,
  update: SourceUpdate,
  known: AlertState | undefined,
  now: number,
): Outcome {
  if (!known) return { alert: null, outcome: "noted" };
  const by = update.by ? ` by ${update.by}` : "";
  const said = update.text ? `: ${update.text}` : "";
  const text = cut(`${UPDATE_TEXT[update.kind]} at the source${by}${said}`, UPDATE_MAX);
  explain(known, { rule: `source.${update.kind}`, text });
  ctx.changes.alerts.add(known);
  ctx.changes.seen.add(known);
  const incident = incidentOf(ctx.store, known);
  if (incident) {
    const about = `${known.asset_name || known.tool}: ${known.raw_signature}. ${text}`;
    note(ctx.changes, incident, now, "source_update", about, {
      actor: { type: "tool", name: known.tool },
      public: false,
    });
    touch(ctx.changes, incident, now);
  }
  if (known.status === "firing" && !a.flags.some((flag) => UNTOLD.has(flag)))
    saySeverity(ctx, known, incident, a, now);
  return { alert: known, outcome: "noted" };
}

/** Its severity was not said: what stands in for it changes nothing. */
const UNTOLD = new Set(["no_severity", "unknown_severity"]);

/** Some tools tell a changed severity by a word about the alert alone. */
function saySeverity(
  ctx: EngineContext,
  known: AlertState,
  incident: IncidentState | undefined,
  a: NormalizedAlert,
  now: number,
): void {
  const variant = known.variants.find(([name]) => name === (a.variant ?? ""));
  if (variant) variant[1] = a.severity;
  settleSeverity(ctx, known, incident, worstVariant(known) ?? known.severity, now);
}

/**
 * Applies and records what its source says of its severity now, where that counts as another one here. Answers
 * where it went, if it was held back and is not any more.
 */
export function settleSeverity(
  ctx: EngineContext,
  known: AlertState,
  incident: IncidentState | undefined,
  said: Severity,
  now: number,
): Outcome | null {
  const severity = counted(known, said);
  const was = known.severity;
  if (severity === was) return null;
  const text = `Severity changed from ${was} to ${severity} at the source.`;
  explain(known, { rule: "severity.changed", text });
  known.severity = severity;
  ctx.changes.alerts.add(known);
  if (!incident) return outgrow(ctx, known, was, now);
  raise(ctx.changes, incident, known, now);
  touch(ctx.changes, incident, now);
  return null;
}

const UPDATE_MAX = 2000;
const UPDATE_TEXT: Record<SourceUpdate["kind"], string> = {
  acknowledged: "Acknowledged",
  comment: "Commented on",
  assigned: "Assigned",
  flapping_started: "Said to be flapping",
  flapping_stopped: "Said to be steady again",
  downtime_started: "Downtime began",
  downtime_ended: "Downtime ended",
  other: "Updated",
};

/** What a severity at the source counts as here: a rule of the company may have said otherwise. */
export function counted(alert: AlertState, said: Severity): Severity {
  return alert.set_severity?.[0] === said ? alert.set_severity[1] : said;
}
