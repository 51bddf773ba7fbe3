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
 * The open incident that a new alert is a consequence of: one on an asset that its own depends on, the nearest
 * first, the oldest of several; within the window and the age that an incident takes alerts in.
 */
export function upstreamOf(ctx: EngineContext, alert: AlertState, now: number): Upstream | null {
  const { open } = ctx.changes;
  if (!open || !applies(ctx, alert)) return null;
  const asset = ctx.assets.byKeyOf(alert.asset_key);
  if (!asset?.details?.depends_on.length) return null;
  for (const step of walk(asset, needs(ctx.assets))) {
    const incident = open.of(keyOf(step.asset)).find((one) => near(ctx, one, now));
    if (incident) return { incident, path: namesOf(step) };
  }
  return null;
}

/**
 * Open incidents that a new one explains: all their assets depend on `alert`'s, they opened within the window,
 * and nobody has taken them. So it does not matter whether cause or consequence was heard of first.
 */
export function downstreamOf(ctx: EngineContext, alert: AlertState, now: number): Upstream[] {
  const { open } = ctx.changes;
  if (!open || !applies(ctx, alert)) return [];
  const asset = ctx.assets.byKeyOf(alert.asset_key);
  if (!asset) return [];
  const below = new Map<string, Step>();
  for (const step of walk(asset, (at) => ctx.assets.dependentsOf(at.id))) below.set(keyOf(step.asset), step);
  const found = new Map<number, Upstream>();
  for (const [key, step] of below) {
    for (const incident of open.of(key)) {
      const untouched = incident.status === "new" && incident.storm === undefined;
      if (found.has(incident.seq) || !untouched || !near(ctx, incident, now)) continue;
      if (now - incident.opened_at > ctx.settings.window_minutes * MINUTE) continue;
      if (!incident.assets.every(([k]) => below.has(k))) continue;
      found.set(incident.seq, { incident, path: namesOf(step).reverse() });
    }
  }
  return [...found.values()].sort((a, b) => a.incident.seq - b.incident.seq);
}

/** The `smart` strategy weighs dependencies itself, beside everything else it knows. */
function applies(ctx: EngineContext, alert: AlertState): boolean {
  const weighed = ctx.smart !== undefined && ctx.settings.strategy === "smart";
  return !weighed && ctx.settings.topology !== false && alert.asset_key !== "";
}

function near(ctx: EngineContext, incident: IncidentState, now: number): boolean {
  return (
    now - incident.created_at < HARD_AGE_MS &&
    now - incident.last_alert_at <= ctx.settings.window_minutes * MINUTE
  );
}
