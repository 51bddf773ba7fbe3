import type { EngineContext } from "./context.ts";
import { note, touch } from "./incidents.ts";
import { FLAP_CHANGES, FLAP_QUIET_MS, FLAP_WITHIN_MS } from "./limits.ts";
import { incidentOf } from "./merging.ts";
import type { AlertState, IncidentState } from "./state.ts";

/** One change of an alert between firing and well. True while it flaps, this change included. */
export function flipped(ctx: EngineContext, alert: AlertState, now: number): boolean {
  const flips = (alert.flips ?? []).filter((at) => now - at <= FLAP_WITHIN_MS).slice(1 - FLAP_CHANGES);
  flips.push(now);
  alert.flips = flips;
  if (!alert.flapping && flips.length >= FLAP_CHANGES) begin(ctx, alert, now);
  // Looked at when the quiet could be over; a later change moves it on.
  if (alert.flapping) ctx.changes.due.set(`flap:${alert.seq}`, now + FLAP_QUIET_MS);
  return alert.flapping === true;
}

function begin(ctx: EngineContext, alert: AlertState, now: number): void {
  alert.flapping = true;
  const incident = incidentOf(ctx.store, alert);
  if (!incident) return;
  incident.flapping = (incident.flapping ?? 0) + 1;
  const text = `${alert.asset_name || alert.tool}: ${alert.raw_signature} is flapping: ${FLAP_CHANGES} changes in ${FLAP_WITHIN_MS / 60_000} minutes. It stays open until it has been steady for ${FLAP_QUIET_MS / 60_000} minutes.`;
  note(ctx.changes, incident, now, "flapping", text);
  touch(ctx.changes, incident, now);
}

/** The time to look whether an alert is steady again; answers when to look next, or null. */
export function steady(
  ctx: EngineContext,
  alert: AlertState,
  now: number,
  resolveDelayMs: number,
): number | null {
  if (!alert.flapping) return null;
  const due = (alert.flips?.at(-1) ?? 0) + FLAP_QUIET_MS;
  if (due > now) return due;
  alert.flapping = false;
  alert.flips = [];
  ctx.changes.alerts.add(alert);
  ctx.changes.seen.add(alert);
  const incident = incidentOf(ctx.store, alert);
  if (incident) end(ctx, incident, alert, now, resolveDelayMs);
  return null;
}

function end(
  ctx: EngineContext,
  incident: IncidentState,
  alert: AlertState,
  now: number,
  resolveDelayMs: number,
): void {
  incident.flapping = Math.max(0, (incident.flapping ?? 0) - 1);
  note(
    ctx.changes,
    incident,
    now,
    "flapping_ended",
    `${alert.asset_name || alert.tool}: ${alert.raw_signature} has been steady for ${FLAP_QUIET_MS / 60_000} minutes.`,
  );
  touch(ctx.changes, incident, now);
  if (incident.flapping === 0 && incident.firing === 0 && incident.status !== "resolved")
    ctx.changes.resolveDue.set(incident.seq, Math.max(now, (incident.quiet_since ?? now) + resolveDelayMs));
}
