import type { NormalizedAlert } from "../alert.ts";
import { dedupKey } from "../keys.ts";
import { arrived, ended } from "./arrivals.ts";
import { type EngineContext, MINUTE, type Outcome } from "./context.ts";
import { flipped } from "./flapping.ts";
import { heldAgain } from "./holding.ts";
import { alertClosed, note, raise, reopen, touch } from "./incidents.ts";
import { lapse } from "./lapse.ts";
import { CLOCK_AHEAD_MS, CLOCK_BACK_MS, TOMBSTONE_MS } from "./limits.ts";
import { incidentOf } from "./merging.ts";
import { open } from "./opening.ts";
import { takesBack } from "./placing.ts";
import { smartInput } from "./smart-placing.ts";
import { counted, explain, noteUpdate, settleSeverity } from "./source-says.ts";
import type { AlertState, Changes } from "./state.ts";
import { duration } from "./text.ts";
import { firedAt, firstVariant, variantEnds, variantFires, worstVariant } from "./variants.ts";

/**
 * Takes one alert in. Windows run on `now` (when we received it); the source's time, clamped, only orders
 * firing against recovery. Mutates the state in the store and says in `changes` what it touched.
 */
export function takeIn(
  ctx: EngineContext,
  a: NormalizedAlert,
  deliveryId: string | null,
  now: number,
): Outcome {
  const dedup = dedupKey(ctx.company_id, a);
  const known = ctx.store.alertByKey(dedup.key);
  const t = timeOf(a, known, now);
  if (a.update) return noteUpdate(ctx, a, a.update, known, now);
  if (a.status === "resolved") {
    if (a.whole_family && a.family) recoverFamily(ctx, a, a.family, known, t, now);
    return recover(ctx, a, known, dedup.key, t, now);
  }
  count(ctx.changes, a);
  const over = known?.status === "firing" && lapse(ctx, known, now);
  if (known?.status === "firing") return repeat(ctx, known, a, t, now);
  if (known && !over) {
    const again = refire(ctx, known, a, t, now);
    if (again) return again;
  }
  return open(ctx, a, dedup, deliveryId, t, now, known);
}

/** The source's time, clamped. Where it gives none, arrival is the order, even if its clock ran ahead before. */
function timeOf(a: NormalizedAlert, known: AlertState | undefined, now: number): number {
  if (a.event_time === null) return Math.max(now, known?.fired_at ?? 0, known?.resolved_at ?? 0);
  return Math.min(Math.max(a.event_time, now - CLOCK_BACK_MS), now + CLOCK_AHEAD_MS);
}

function count(changes: Changes, a: NormalizedAlert): void {
  const key = `${a.severity}|${a.tool_source}`;
  changes.counts.set(key, (changes.counts.get(key) ?? 0) + 1);
}

/** All well, and not of what: every alert of that rule at the source is over. */
function recoverFamily(
  ctx: EngineContext,
  a: NormalizedAlert,
  family: string,
  known: AlertState | undefined,
  t: number,
  now: number,
): void {
  const members = new Set(ctx.store.firingOfFamily(a.tool_source, family));
  for (const alert of ctx.changes.alerts)
    if (alert.family === family && alert.tool === a.tool_source) members.add(alert);
  for (const alert of members) {
    if (alert === known || alert.status !== "firing") continue;
    for (const [variant] of [...alert.variants]) recover(ctx, { ...a, variant }, alert, alert.key, t, now);
  }
}

function recover(
  ctx: EngineContext,
  a: NormalizedAlert,
  known: AlertState | undefined,
  key: string,
  t: number,
  now: number,
): Outcome {
  const { changes } = ctx;
  ctx.smart?.recovers(a.tool_source);
  if (!known) {
    const tombstone = { key, event_time: t, expires_at: now + TOMBSTONE_MS };
    ctx.store.addTombstone(tombstone);
    changes.tombstones.set(key, tombstone);
    return { alert: null, outcome: "waiting" };
  }
  if (known.status !== "firing") {
    if (known.resolved_at === null || t > known.resolved_at) {
      known.resolved_at = t;
      changes.alerts.add(known);
    }
    return { alert: known, outcome: "resolved" };
  }
  const fired = firedAt(known, a);
  if (fired === undefined) return { alert: known, outcome: "recorded" };
  if (t < fired) {
    explain(known, {
      rule: "recovery.out_of_order",
      text: `A recovery ${duration(fired - t)} older than the newest firing was recorded, not applied.`,
    });
    changes.alerts.add(known);
    return { alert: known, outcome: "recorded" };
  }
  const left = variantEnds(known, a);
  if (left) {
    explain(known, {
      rule: "recovery.in_part",
      text: `It recovered at severity ${a.severity} and still fires at ${left}.`,
    });
    known.severity = counted(known, left);
    changes.alerts.add(known);
    changes.seen.add(known);
    return { alert: known, outcome: "recorded" };
  }
  known.status = "resolved";
  known.resolved_at = t;
  ended(known, now);
  known.last_seen = Math.max(known.last_seen, t);
  changes.alerts.add(known);
  changes.seen.add(known);
  if (known.held) {
    known.held = undefined;
    ctx.store.keepHeld(known);
  }
  const incident = incidentOf(ctx.store, known);
  const flapping = incident ? flipped(ctx, known, now) : false;
  if (incident) {
    // While it flaps, a bounce is no news.
    if (!flapping) {
      const text = `${known.asset_name || known.tool}: ${known.raw_signature} recovered at the source.`;
      note(changes, incident, now, "alert_resolved", text, { actor: { type: "tool", name: known.tool } });
    }
    alertClosed(changes, incident, now, ctx.settings.resolve_delay_minutes * MINUTE);
  }
  return { alert: known, outcome: "resolved" };
}

/** A firing alert fires again: counted; a changed severity is applied and recorded. */
function repeat(ctx: EngineContext, known: AlertState, a: NormalizedAlert, t: number, now: number): Outcome {
  const { changes } = ctx;
  arrived(known, now);
  known.count += 1;
  known.last_received_at = now;
  known.last_seen = Math.max(known.last_seen, t);
  known.fired_at = Math.max(known.fired_at, t);
  if (a.message && a.message !== known.message) {
    known.message = a.message;
    changes.reworded.add(known);
  }
  changes.seen.add(known);
  changes.repeats.set(known, (changes.repeats.get(known) ?? 0) + 1);
  const incident = incidentOf(ctx.store, known);
  if (incident) {
    incident.alert_count += 1;
    incident.last_alert_at = Math.max(incident.last_alert_at, now);
    changes.counted.set(incident, (changes.counted.get(incident) ?? 0) + 1);
    ctx.smart?.repeated(smartInput(ctx.assets, known, now), incident.seq);
  }
  if (variantFires(known, a, t)) changes.alerts.add(known);
  const placed = settleSeverity(ctx, known, incident, worstVariant(known) ?? a.severity, now);
  if (placed) return placed;
  if (known.held) return heldAgain(ctx, known, now);
  return { alert: known, outcome: "repeated" };
}

/** A closed alert of an incident fires again; null when its incident no longer takes it back. */
function refire(
  ctx: EngineContext,
  known: AlertState,
  a: NormalizedAlert,
  t: number,
  now: number,
): Outcome | null {
  const { changes } = ctx;
  if (known.resolved_at !== null && t < known.resolved_at) {
    known.count += 1;
    known.last_received_at = now;
    known.first_seen = Math.min(known.first_seen, t);
    changes.alerts.add(known);
    return { alert: known, outcome: "recorded" };
  }
  const incident = incidentOf(ctx.store, known);
  if (!incident || !takesBack(ctx, incident, now)) return null;
  // It would page anew: then what holds new alerts back holds this one as well.
  if (incident.status === "resolved" && ctx.policy?.holdsBack?.(known, now)) return null;
  if (known.asset_key && !ctx.assets.byKeyOf(known.asset_key)) {
    // Its asset was deleted meanwhile: it is discovered anew.
    const { asset, key } = ctx.assets.resolve(known.asset_name, known.asset_id, now);
    known.asset_key = key;
    if (asset) changes.assets.add(asset);
  }
  arrived(known, now);
  known.status = "firing";
  known.resolved_at = null;
  known.variants = firstVariant(a, t);
  known.count += 1;
  known.severity = counted(known, a.severity);
  if (a.message) known.message = a.message;
  known.fired_at = Math.max(known.fired_at, t);
  known.last_seen = Math.max(known.last_seen, t);
  known.last_received_at = now;
  changes.alerts.add(known);
  changes.seen.add(known);
  incident.firing += 1;
  incident.alert_count += 1;
  incident.quiet_since = null;
  incident.last_alert_at = Math.max(incident.last_alert_at, now);
  ctx.smart?.placed(smartInput(ctx.assets, known, now), incident.seq);
  const flapping = flipped(ctx, known, now);
  const closed = incident.status === "resolved";
  if (closed) {
    incident.severity = known.severity;
    reopen(changes, incident, now, `Reopened: ${known.asset_name || known.tool} fired again.`);
  } else {
    if (!flapping) {
      const text = `${known.asset_name || known.tool}: ${known.raw_signature} fired again.`;
      note(changes, incident, now, "alert_refired", text, { actor: { type: "tool", name: known.tool } });
    }
    raise(changes, incident, known, now);
    touch(changes, incident, now);
  }
  return { alert: known, outcome: closed ? "reopened" : "joined" };
}
