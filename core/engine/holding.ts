import { severityRank } from "../severity.ts";
import { type EngineContext, MINUTE, type Outcome } from "./context.ts";
import { include } from "./incidents.ts";
import { EXPIRE_MS } from "./limits.ts";
import { isCritical, placeAlert, type Target } from "./placing.ts";
import { tellSmart } from "./smart-placing.ts";
import type { AlertState, IncidentState } from "./state.ts";
import { plural } from "./text.ts";

/** Alerts that one new incident gathers of those that waited for it. */
const ABSORB_MAX = 1000;

type Asked = Pick<EngineContext, "settings" | "store">;

const windowOf = (ctx: Asked) => ctx.settings.window_minutes * MINUTE;

/** How often an alert came in its present wait. */
const deliveries = (ctx: Asked, alert: Pick<AlertState, "held">, now: number) =>
  alert.held && now - alert.held[1] <= windowOf(ctx) ? alert.held[2] : 0;

/**
 * Whether an alert may open an incident: critical ones always; others when grouping is not by hand and
 * enough deliveries of their key came within the window, this one included.
 */
export function mayOpen(
  ctx: Asked,
  alert: Pick<AlertState, "severity" | "held">,
  target: Pick<Target, "key">,
  now: number,
): boolean {
  const { auto_correlate, min_alerts } = ctx.settings;
  if (alert.severity === "critical") return true;
  if (!auto_correlate) return false;
  if (min_alerts <= 1) return true;
  let n = deliveries(ctx, alert, now) || 1;
  for (const other of ctx.store.heldOf(target.key, ABSORB_MAX)) {
    if (other !== alert && other.status === "firing") n += deliveries(ctx, other, now);
  }
  return n >= min_alerts;
}

/** Whether an alert that was held back came often enough by itself to wait for no others when it is let go. */
export const cameEnough = (
  { auto_correlate, min_alerts }: EngineContext["settings"],
  { count }: AlertState,
) => auto_correlate && count >= min_alerts;

/** Keeps an alert waiting, visible and in no incident. */
export function hold(ctx: EngineContext, alert: AlertState, key: string, now: number): Outcome {
  const { auto_correlate, min_alerts } = ctx.settings;
  if (!alert.held) {
    alert.held = [key, now, 1];
    alert.why.push({
      rule: "held.waiting",
      evidence: { min_alerts, auto_correlate },
      text: auto_correlate
        ? `Waits: an incident is opened at ${plural(min_alerts, "alert")} of a kind within the window.`
        : "Waits: this company groups its alerts by hand.",
    });
    ctx.changes.due.set(`held:${alert.seq}`, now + (auto_correlate ? windowOf(ctx) : EXPIRE_MS));
    ctx.store.keepHeld(alert);
    ctx.changes.alerts.add(alert);
    ctx.changes.seen.add(alert);
  }
  return { alert, outcome: "held" };
}

/** A silence or window that began meanwhile holds an alert that waits as it would a new one. */
function heldBack(ctx: EngineContext, alert: AlertState, now: number): boolean {
  const held = ctx.policy?.holdsBack?.(alert, now);
  if (!held) return false;
  alert.held = undefined;
  ctx.store.keepHeld(alert);
  alert.suppressed_by = held.by;
  alert.why.push(held.why);
  ctx.policy?.reachesBack?.(held.by, alert.received_at);
  ctx.changes.alerts.add(alert);
  ctx.changes.seen.add(alert);
  return true;
}

/**
 * A waiting alert came again: a new wait where the last one is over. It may be enough now. If not, it is
 * written as any repeat is, by the journal alone.
 */
export function heldAgain(ctx: EngineContext, alert: AlertState, now: number): Outcome {
  // Grouped by hand: only a critical one goes on by itself, so the others need no count.
  if (!ctx.settings.auto_correlate && alert.severity !== "critical") return { alert, outcome: "repeated" };
  if (heldBack(ctx, alert, now)) return { alert, outcome: "suppressed" };
  const [key, since, n] = alert.held ?? ["", now, 0];
  const same = now - since <= windowOf(ctx);
  alert.held = [key, same ? since : now, same ? n + 1 : 1];
  if (!same && ctx.settings.auto_correlate) ctx.changes.due.set(`held:${alert.seq}`, now + windowOf(ctx));
  const placed = placeAlert(ctx, alert, now);
  if (placed.outcome === "held") return { alert, outcome: "repeated" };
  ctx.changes.alerts.add(alert);
  return placed;
}

/** When an alert came: at the beginning of its wait, where it waits. */
export const waitingSince = (alert: AlertState, now: number) => alert.held?.[1] ?? now;

/**
 * Alerts that waited under the key of an incident that opens now are part of it, if they waited still when the
 * opener came (`since`): it matters not which of them came first.
 */
export function absorbHeld(
  ctx: EngineContext,
  incident: IncidentState,
  key: string,
  opener: AlertState,
  since: number,
  now: number,
): void {
  for (const alert of ctx.store.heldOf(key, ABSORB_MAX)) {
    if (alert === opener || alert.status !== "firing" || !alert.held) continue;
    if (ctx.settings.auto_correlate && since - alert.held[1] > windowOf(ctx)) continue;
    if (heldBack(ctx, alert, now)) continue;
    alert.held = undefined;
    ctx.store.keepHeld(alert);
    const why = { rule: "held.enough", text: "It waited for others of its kind, and they came." };
    include(ctx.changes, incident, alert, why, now);
    incident.critical_asset ||= isCritical(ctx, alert);
    if (alert.asset_key) ctx.changes.open?.note(alert.asset_key, incident.seq);
    tellSmart(ctx, alert, incident, now);
    ctx.changes.seen.add(alert);
  }
}

/**
 * The wait of an alert is over and too few others came: critical and high ones become incidents of their own,
 * the others stay in none. Answers when it is to be looked at next, epoch ms, or null.
 */
export function waitOver(ctx: EngineContext, alert: AlertState, now: number): number | null {
  if (!alert.held || alert.status !== "firing") return null;
  const { auto_correlate } = ctx.settings;
  const until = alert.held[1] + windowOf(ctx);
  const silent = alert.last_received_at + EXPIRE_MS;
  if (auto_correlate && now < until) return until;
  const serious = severityRank(alert.severity) >= severityRank("high");
  if (auto_correlate && (serious || ctx.settings.min_alerts <= 1)) {
    if (!heldBack(ctx, alert, now)) placeAlert(ctx, alert, now, { force: true });
    ctx.changes.seen.add(alert);
    return null;
  }
  return silent > now ? silent : null;
}

/** Groups everything that waits, in the order it came: a person asked. Answers how many were placed. */
export function correlateHeld(ctx: EngineContext, now: number, max: number): number {
  const waiting = ctx.store.heldOf(null, max).filter(({ status }) => status === "firing");
  for (const alert of waiting) {
    // One that was placed before may have taken it along.
    if (alert.incident === null && !heldBack(ctx, alert, now)) placeAlert(ctx, alert, now, { force: true });
    // Lists that showed it waiting are told.
    ctx.changes.seen.add(alert);
  }
  return waiting.filter(({ incident }) => incident !== null).length;
}
