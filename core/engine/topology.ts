import type { AssetRecord } from "../asset.ts";
import { keyOf } from "../asset.ts";
import type { AssetBook } from "../asset-book.ts";
import { type EngineContext, MINUTE } from "./context.ts";
import { HARD_AGE_MS, TOPOLOGY_MAX } from "./limits.ts";
import type { AlertState, IncidentState } from "./state.ts";

/** The way from an asset to one it depends on, both included, as people read their names. */
export interface Upstream {
  incident: IncidentState;
  path: string[];
}

interface Step {
  asset: AssetRecord;
  from: Step | null;
}

/** Everything reachable, nearest first, at most TOPOLOGY_MAX, with the way to it. */
function* walk(start: AssetRecord, next: (asset: AssetRecord) => AssetRecord[]): Generator<Step> {
  const seen = new Set([start.id]);
  const queue: Step[] = [{ asset: start, from: null }];
  for (const at of queue) {
    for (const to of next(at.asset)) {
      if (seen.has(to.id) || seen.size > TOPOLOGY_MAX) continue;
      seen.add(to.id);
      const step = { asset: to, from: at };
      queue.push(step);
      yield step;
    }
  }
}

function namesOf(step: Step): string[] {
  const names: string[] = [];
  for (let at: Step | null = step; at; at = at.from) names.unshift(at.asset.name);
  return names;
}

const needs = (book: AssetBook) => (asset: AssetRecord) =>
  (asset.details?.depends_on ?? []).flatMap((id) => book.get(id) ?? []);

/**
 * Where a key names no asset, its incidents spread over assets that have nothing to do with each other, and one
 * that depends on another says nothing of the rest. The `smart` strategy weighs dependencies itself, beside all
 * else it knows.
 */
function assetOf(ctx: EngineContext, alert: AlertState): AssetRecord | undefined {
  const { topology, strategy } = ctx.settings;
  const never = topology === false || strategy === "signature" || strategy === "smart";
  if (!ctx.changes.open || never || alert.asset_key === "") return undefined;
  return ctx.assets.byKeyOf(alert.asset_key);
}

/** Nobody has taken it, or said what belongs to it, so it may still become part of another. */
export function untouched(incident: IncidentState): boolean {
  const byHand = incident.regrouped?.some(({ by }) => by !== null) ?? false;
  return incident.status === "new" && !byHand && !incident.assigned_to && incident.storm === undefined;
}

/**
 * The open incidents that a new alert is a consequence of: those on assets that its own depends on, the nearest
 * first, the oldest of several; within the window and the age that an incident takes alerts in.
 */
export function upstreamOf(ctx: EngineContext, alert: AlertState, now: number): Upstream[] {
  const asset = assetOf(ctx, alert);
  const { open } = ctx.changes;
  if (!open || !asset?.details?.depends_on.length) return [];
  const found = new Map<number, Upstream>();
  for (const step of walk(asset, needs(ctx.assets)))
    for (const incident of open.of(keyOf(step.asset)))
      if (!found.has(incident.seq) && near(ctx, incident, now))
        found.set(incident.seq, { incident, path: namesOf(step) });
  return [...found.values()];
}

/**
 * Open incidents that a new one explains: an asset in them depends on `alert`'s, they opened within the window,
 * and nobody has touched them. So it does not matter whether cause or consequence was heard of first.
 */
export function downstreamOf(ctx: EngineContext, alert: AlertState, now: number): Upstream[] {
  const asset = assetOf(ctx, alert);
  const { open } = ctx.changes;
  if (!open || !asset) return [];
  const found = new Map<number, Upstream>();
  for (const step of walk(asset, (at) => ctx.assets.dependentsOf(at.id)))
    for (const incident of open.of(keyOf(step.asset))) {
      if (found.has(incident.seq) || !untouched(incident) || !near(ctx, incident, now)) continue;
      if (now - incident.opened_at > ctx.settings.window_minutes * MINUTE) continue;
      found.set(incident.seq, { incident, path: namesOf(step).reverse() });
    }
  return [...found.values()].sort((a, b) => a.incident.seq - b.incident.seq);
}

function near(ctx: EngineContext, incident: IncidentState, now: number): boolean {
  return (
    now - incident.created_at < HARD_AGE_MS &&
    now - incident.last_alert_at <= ctx.settings.window_minutes * MINUTE
  );
}
