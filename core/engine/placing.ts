import type { Reason } from "../alert.ts";
import type { Strategy } from "../incident.ts";
import { aggregationKey, readableKey, ruleKey } from "../keys.ts";
import { canonicalSignature } from "../signature.ts";
import type { SmartInput } from "../smart/port.ts";
import { type EngineContext, MINUTE, type Outcome } from "./context.ts";
import { absorbHeld, hold, mayOpen, waitingSince } from "./holding.ts";
import { create, include, note, reopen } from "./incidents.ts";
import { HARD_AGE_MS } from "./limits.ts";
import { mergeIncidents, survivorOf } from "./merging.ts";
import {
  consequence,
  ofMerged,
  openedText,
  reopened,
  sameKey,
  shared,
  type Target,
  windowOf,
} from "./placing-reasons.ts";
import { placeBySmart, tellSmart } from "./smart-placing.ts";
import type { AlertState, IncidentState } from "./state.ts";
import { countStorm, stormIncident } from "./storm.ts";
import { duration } from "./text.ts";
import { downstreamOf, untouched, upstreamOf } from "./topology.ts";

export type { Target } from "./placing-reasons.ts";

/** May this incident take an alert now: open within window and age, or resolved within the re-open time. */
export function takesBack(
  ctx: Pick<EngineContext, "settings">,
  incident: IncidentState,
  now: number,
): boolean {
  if (incident.merged_into !== undefined || now - incident.created_at >= HARD_AGE_MS) return false;
  if (incident.status === "resolved") {
    return now - (incident.resolved_at ?? 0) <= ctx.settings.reopen_minutes * MINUTE;
  }
  return now - incident.last_alert_at <= windowOf(ctx, incident) || incident.firing > 0;
}

/**
 * The newest incident of a key, and the one that takes a new alert of it now: open and near enough in time, itself
 * or what it was merged into, or itself resolved a moment ago.
 */
export function underKey(ctx: Pick<EngineContext, "settings" | "store">, key: string, now: number) {
  const filed = ctx.store.incidentByKey(key);
  const last = survivorOf(ctx.store, filed);
  const takes =
    last?.status === "resolved"
      ? last === filed && takesBack(ctx, last, now)
      : last && now - last.created_at < HARD_AGE_MS && now - last.last_alert_at <= windowOf(ctx, last);
  return { filed, taker: takes ? last : undefined };
}

/** What the company's strategy makes of an alert: its key, or why there is none. `smart` falls back on these. */
export function strategyKey(
  { company_id, settings }: Pick<EngineContext, "company_id" | "settings">,
  { asset, signature, tool }: { asset: string; signature: string; tool: string },
) {
  const by: Exclude<Strategy, "smart"> =
    settings.strategy === "smart" ? "asset|signature" : settings.strategy;
  // As the alert's own key takes it: the case in which a tool names itself tells nothing apart.
  return { by, made: aggregationKey(company_id, by, { asset, signature, tool: tool.toLowerCase() }) };
}

export interface How {
  /** The incident of the alert's key before, of which a new one is a recurrence. */
  before?: number | null;
  /** What held it back is over, or a person asks: it waits for no others any more. */
  force?: boolean;
}

function targetOf(ctx: EngineContext, alert: AlertState): Target {
  const group = alert.ruled?.group;
  if (group) {
    const key = ruleKey(ctx.company_id, group.rule, group.parts);
    const window_ms = group.window_minutes === undefined ? undefined : group.window_minutes * MINUTE;
    return {
      key,
      shown: readableKey(ctx.company_id, key),
      by: "rule",
      rule: group.why,
      window_ms,
      alone: false,
    };
  }
  const { asset_key: asset, signature, tool } = alert;
  const { by, made } = strategyKey(ctx, { asset, signature, tool });
  if ("missing" in made && !alert.why.some((why) => why.rule === made.missing.rule))
    alert.why.push(made.missing);
  const key = "key" in made ? made.key : `${ctx.company_id}|alert|${alert.key}`;
  return { key, shown: readableKey(ctx.company_id, key), by, rule: null, alone: "missing" in made };
}

export const titleFor = (alert: AlertState) => canonicalSignature(alert.raw_signature).title;

export function isCritical(ctx: EngineContext, alert: AlertState): boolean {
  const asset = ctx.assets.byKeyOf(alert.asset_key);
  return asset?.aliases.some((alias) => ctx.critical.has(alias)) ?? false;
}

/** Finds or founds the incident of an alert that fires and has none. */
export function placeAlert(ctx: EngineContext, alert: AlertState, now: number, how: How = {}): Outcome {
  alert.suppressed_by = null;
  const { smart, settings } = ctx;
  if (smart && settings.strategy === "smart" && !alert.ruled?.group)
    return placeBySmart(ctx, smart, alert, now, how);
  const target = targetOf(ctx, alert);
  const { filed, taker } = underKey(ctx, target.key, now);
  if (taker?.status === "resolved") return reopenWith(ctx, taker, alert, reopened(target), now);
  if (taker) {
    const why = taker === filed ? sameKey(ctx, target, taker, now) : ofMerged(target, taker);
    return joinTo(ctx, taker, alert, why, now);
  }
  return placeNew(ctx, alert, target, filed, now, how);
}

/** Nothing under its key takes it: it is a consequence, part of a storm, too little yet, or an incident. */
function placeNew(
  ctx: EngineContext,
  alert: AlertState,
  target: Target,
  filed: IncidentState | undefined,
  now: number,
  how: How,
): Outcome {
  const [up, ...more] = target.rule ? [] : upstreamOf(ctx, alert, now);
  if (up) {
    const why = consequence(up.path, up.incident, now);
    const outcome = joinTo(ctx, up.incident, alert, why, now);
    // Several causes of one consequence are one trouble, in whatever order they are heard of.
    const rest = more.map(({ incident }) => incident).filter(untouched);
    if (rest.length > 0) mergeIncidents(ctx, up.incident, rest, null, shared(alert), now);
    return outcome;
  }
  if (!how.force && !mayOpen(ctx, alert, target, now)) return hold(ctx, alert, target.key, now);
  const storm = stormIncident(ctx, alert, now);
  if (storm) return joinStorm(ctx, storm, alert, now);
  const recurrence = filed?.seq ?? how.before ?? null;
  const why: Reason = {
    rule: target.alone ? "group.alone" : filed ? "group.new_window" : "group.new_key",
    key: target.shown,
    evidence: {
      window_minutes: ctx.settings.window_minutes,
      ...(recurrence === null ? {} : { previous_incident: recurrence }),
    },
    text: openedText(ctx, target, filed, now),
  };
  const since = waitingSince(alert, now);
  const incident = found(ctx, alert, target.key, why, recurrence, now);
  if (target.window_ms !== undefined) incident.window_ms = target.window_ms;
  if (target.rule) incident.why.push(target.rule);
  absorbHeld(ctx, incident, target.key, alert, since, now);
  return { alert, outcome: "opened" };
}

/** A new incident of one alert, and what it explains of what is open. */
export function found(
  ctx: EngineContext,
  alert: AlertState,
  key: string,
  why: Reason,
  recurrence: number | null,
  now: number,
  seen?: SmartInput,
): IncidentState {
  const { changes, store } = ctx;
  const explains = downstreamOf(ctx, alert, now);
  const init = { agg_key: key, title: titleFor(alert), critical_asset: isCritical(ctx, alert) };
  const incident = create(store, changes, alert, { ...init, recurrence_of: recurrence }, now);
  include(changes, incident, alert, why, now);
  const { tool, raw_signature, asset_name } = alert;
  const text = `Opened by ${tool}: ${raw_signature} on ${asset_name || "an unnamed asset"}.`;
  note(changes, incident, now, "opened", text, { actor: { type: "tool", name: tool } });
  rule(ctx, incident, alert, now);
  settled(ctx, alert, incident, now, seen);
  for (const { incident: effect, path } of explains)
    mergeIncidents(ctx, incident, [effect], null, consequence(path, incident, now), now);
  return incident;
}

/** Title, assignee and runbook that a rule gives the incident its alert opens. */
function rule(ctx: EngineContext, incident: IncidentState, alert: AlertState, now: number): void {
  const { ruled } = alert;
  if (!ruled) return;
  if (ruled.title) {
    incident.title = ruled.title;
    incident.own_title = true;
  }
  if (ruled.runbook) incident.runbook = ruled.runbook;
  if (ruled.assignee) {
    incident.assigned_to = ruled.assignee;
    note(ctx.changes, incident, now, "assigned", `Assigned to ${ruled.assignee.name} by a rule.`);
  }
}

/** Every place that an alert goes to is told here, whoever chose it. */
function settled(
  ctx: EngineContext,
  alert: AlertState,
  incident: IncidentState,
  now: number,
  seen?: SmartInput,
): void {
  if (alert.asset_key) ctx.changes.open?.note(alert.asset_key, incident.seq);
  if (alert.held) {
    alert.held = undefined;
    ctx.store.keepHeld(alert);
  }
  tellSmart(ctx, alert, incident, now, seen);
}

/** `seen`: as the smart strategy was asked about the alert, where it was; likewise below. */
export function joinTo(
  ctx: EngineContext,
  incident: IncidentState,
  alert: AlertState,
  why: Reason,
  now: number,
  seen?: SmartInput,
): Outcome {
  const { changes } = ctx;
  include(changes, incident, alert, why, now);
  incident.critical_asset ||= isCritical(ctx, alert);
  const together = changes.joined.get(incident);
  if (together) together.push(alert);
  else changes.joined.set(incident, [alert]);
  settled(ctx, alert, incident, now, seen);
  return { alert, outcome: "joined" };
}

export function reopenWith(
  ctx: EngineContext,
  incident: IncidentState,
  alert: AlertState,
  why: Reason,
  now: number,
  seen?: SmartInput,
): Outcome {
  incident.severity = alert.severity;
  const within = duration(ctx.settings.reopen_minutes * MINUTE);
  const text = `Reopened: ${alert.asset_name || alert.tool} fired within ${within} of the resolution.`;
  reopen(ctx.changes, incident, now, text);
  include(ctx.changes, incident, alert, why, now);
  settled(ctx, alert, incident, now, seen);
  return { alert, outcome: "reopened" };
}

export function joinStorm(
  ctx: EngineContext,
  storm: IncidentState,
  alert: AlertState,
  now: number,
  seen?: SmartInput,
): Outcome {
  const why: Reason = {
    rule: "storm.gathered",
    text: "Gathered: an alert storm goes on, and this would have been one more incident.",
  };
  include(ctx.changes, storm, alert, why, now);
  settled(ctx, alert, storm, now, seen);
  countStorm(ctx, storm, alert, now);
  return { alert, outcome: "joined" };
}
