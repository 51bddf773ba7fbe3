import type { Reason } from "../alert.ts";
import { worse } from "../severity.ts";
import { type EngineContext, MINUTE } from "./context.ts";
import { nameAsset, nameTool, note, retitle, touch } from "./incidents.ts";
import { MEMBERS_MAX, NAMES_MAX, REGROUPED_MAX } from "./limits.ts";
import type { AlertState, EngineStore, IncidentState, Person, Regrouping } from "./state.ts";

/** Merges follow each other; a chain is never longer than people can make it. */
const CHAIN_MAX = 64;

/** The incident that one is part of now: itself, or the one it was merged into. */
export function survivorOf(
  store: EngineStore,
  incident: IncidentState | undefined,
): IncidentState | undefined {
  let at = incident;
  for (let i = 0; i < CHAIN_MAX && at?.merged_into !== undefined; i++) at = store.incident(at.merged_into);
  return at;
}

/** The incident an alert counts in now. */
export function incidentOf(store: EngineStore, alert: AlertState): IncidentState | undefined {
  return alert.incident === null ? undefined : survivorOf(store, store.incident(alert.incident));
}

const actorOf = (by: Person | null) =>
  by ? ({ type: "user", id: by.id, name: by.name } as const) : ({ type: "system" } as const);

const sumOf = (alerts: AlertState[]) => ({
  distinct: alerts.length,
  firing: alerts.filter((a) => a.status === "firing").length,
  alert_count: alerts.reduce((n, a) => n + a.count, 0),
});

export function remember(incident: IncidentState, one: Regrouping): void {
  incident.regrouped ??= [];
  incident.regrouped.push(one);
  if (incident.regrouped.length > REGROUPED_MAX) incident.regrouped.shift();
}

/** Adds (1) or takes away (-1) figures. */
export function count(
  incident: IncidentState,
  { distinct, firing, alert_count }: Regrouping["unlisted"],
  sign: 1 | -1,
): void {
  incident.distinct += sign * distinct;
  incident.firing = Math.max(0, incident.firing + sign * firing);
  incident.alert_count += sign * alert_count;
}

/** Moves listed alerts from one incident to another, counts included. Order of both lists is by seq. */
export function move(ctx: EngineContext, alerts: AlertState[], from: IncidentState, to: IncidentState): void {
  const moved = new Set(alerts.map((a) => a.seq));
  const sums = sumOf(alerts);
  count(from, sums, -1);
  count(to, sums, 1);
  from.members = from.members.filter((seq) => !moved.has(seq));
  to.members = [...to.members, ...moved].sort((a, b) => a - b).slice(0, MEMBERS_MAX);
  for (const alert of alerts) {
    alert.incident = to.seq;
    ctx.changes.alerts.add(alert);
    ctx.changes.seen.add(alert);
    if (alert.flapping) {
      from.flapping = Math.max(0, (from.flapping ?? 0) - 1);
      to.flapping = (to.flapping ?? 0) + 1;
    }
    if (to.status !== "resolved" && alert.asset_key) ctx.changes.open?.note(alert.asset_key, to.seq);
  }
}

/** Names, tools, title and quiet of an incident out of the alerts that it lists. */
export function describeAnew(ctx: EngineContext, incident: IncidentState, now: number): void {
  const members = ctx.store.alertsOf(incident.members);
  const assets = new Map<string, string>();
  const tools = new Map<string, string>();
  const signatures = new Set<string>();
  for (const alert of members) {
    if (alert.asset_key && !assets.has(alert.asset_key)) assets.set(alert.asset_key, alert.asset_name);
    if (!tools.has(alert.tool.toLowerCase())) tools.set(alert.tool.toLowerCase(), alert.tool);
    signatures.add(alert.signature);
  }
  incident.assets = [...assets].slice(0, NAMES_MAX);
  incident.tools = [...tools.values()].slice(0, NAMES_MAX);
  incident.signature = signatures.size === 1 ? ([...signatures][0] ?? "") : "";
  retitle(incident);
  incident.last_alert_at = members.reduce((t, a) => Math.max(t, a.last_received_at), incident.opened_at);
  settleQuiet(ctx, incident, now);
}

/** Whether it is quiet, after alerts came or went: then the quiet period begins now. */
export function settleQuiet(ctx: EngineContext, incident: IncidentState, now: number): void {
  if (incident.firing > 0) incident.quiet_since = null;
  else if (incident.status !== "resolved") {
    incident.quiet_since = now;
    ctx.changes.resolveDue.set(incident.seq, now + ctx.settings.resolve_delay_minutes * MINUTE);
  }
}

export function worstOf(alerts: AlertState[]) {
  const firing = alerts.filter((a) => a.status === "firing");
  return (firing.length > 0 ? firing : alerts).map((a) => a.severity).reduce(worse);
}

/**
 * Makes incidents part of another. Their listed alerts move; those beyond the list stay filed under the old
 * one and are counted here. A merged incident is resolved and never opens again by itself: what comes for it
 * goes to the survivor. `by` null: the engine did it.
 */
export function mergeIncidents(
  ctx: EngineContext,
  into: IncidentState,
  from: IncidentState[],
  by: Person | null,
  why: Reason,
  now: number,
): void {
  for (const one of from) {
    const alerts = ctx.store.alertsOf(one.members).filter((a) => a.incident === one.seq);
    const assets = one.assets;
    move(ctx, alerts, one, into);
    const unlisted = { distinct: one.distinct, firing: one.firing, alert_count: one.alert_count };
    count(one, unlisted, -1);
    count(into, unlisted, 1);
    remember(into, {
      kind: "merge",
      other: one.seq,
      alerts: alerts.map((a) => a.seq),
      unlisted,
      severity: into.severity,
      at: now,
      by,
    });
    for (const [key, name] of assets) nameAsset(into, key, name);
    for (const tool of one.tools) nameTool(into, tool);
    if (one.signature !== into.signature) into.signature = "";
    into.critical_asset ||= one.critical_asset;
    into.severity = worse(one.severity, into.severity);
    into.last_alert_at = Math.max(into.last_alert_at, one.last_alert_at);
    if (into.firing > 0) into.quiet_since = null;
    one.status = "resolved";
    one.resolved_at = now;
    one.resolved_by = by;
    one.resolution_notes = `Merged into "${into.title}".`;
    one.quiet_since = null;
    one.merged_into = into.seq;
    note(ctx.changes, one, now, "merged", `Merged into "${into.title}": ${why.text}`, {
      actor: actorOf(by),
      data: { into: into.seq },
    });
    touch(ctx.changes, one, now);
    ctx.smart?.merged(into.seq, one.seq);
  }
  retitle(into);
  const names = from
    .map((one) => `"${one.title}"`)
    .slice(0, 3)
    .join(", ");
  const more = from.length > 3 ? ` and ${from.length - 3} more` : "";
  note(ctx.changes, into, now, "merged", `${names}${more} became part of it: ${why.text}`, {
    actor: actorOf(by),
    data: { from: from.map((one) => one.seq) },
  });
  touch(ctx.changes, into, now);
}
