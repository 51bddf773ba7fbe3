import type { Alert } from "../core/alert.ts";
import { type AssetRecord, keyOf } from "../core/asset.ts";
import { needsOf } from "../core/asset-edit.ts";
import { neededBy, reachable } from "../core/asset-graph.ts";
import type { Asset, AssetDetail } from "../core/asset-schema.ts";
import { assetMatches, assetOrder, assetView, refOf } from "../core/asset-view.ts";
import { alertView, incidentView } from "../core/engine/view.ts";
import type { Incident } from "../core/incident.ts";
import { clock } from "./clock.ts";
import type { CompanyCore } from "./company-core.ts";
import type { AssetPage, AssetQuery } from "./rpc.ts";

const OPEN_SHOWN = 100;

/** Resolves once the alerts of every asset are known; others get their turn meanwhile. */
export async function activityKnown(core: CompanyCore): Promise<void> {
  while (!core.store.readActivity()) await new Promise((resolve) => setTimeout(resolve, 0));
}

export function viewOf(core: CompanyCore, record: AssetRecord): Asset {
  const { store, critical } = core;
  return assetView(core.record.company_id, record, critical, store.activity.standing(keyOf(record)));
}

/** One page of the assets that match; after `activityKnown`. */
export function assetPage(core: CompanyCore, query: AssetQuery): AssetPage {
  const { after, limit, sort } = query;
  const order = assetOrder(sort);
  const matches = assetMatches(query);
  const all = core.store.assets
    .all()
    .map((record) => viewOf(core, record))
    .filter(matches);
  const rest = all.filter((asset) => !after || order(after, asset) < 0).sort(order);
  const items = rest.slice(0, limit);
  const last = rest.length > limit ? items.at(-1) : undefined;
  return {
    items,
    total: all.length,
    next: last ? { health: last.health, name: last.name, id: last.id } : null,
  };
}

/** Everything about one asset but its history; after `activityKnown`. */
export function assetDetail(core: CompanyCore, record: AssetRecord): AssetDetail {
  const { assets, activity } = core.store;
  const needs = needsOf(assets);
  const dependents = neededBy(
    assets.all().map(({ id }) => id),
    needs,
  );
  const refs = (ids: readonly number[]) =>
    ids
      .flatMap((id) => assets.get(id) ?? [])
      .map((other) => refOf(viewOf(core, other)))
      .sort((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1));
  return {
    ...viewOf(core, record),
    needs: refs(needs(record.id)),
    needed_by: refs(dependents(record.id)),
    upstream_count: reachable(record.id, needs).length,
    downstream_count: reachable(record.id, dependents).length,
    open: alertsOf(core, activity.firing(keyOf(record)).slice(0, OPEN_SHOWN)),
  };
}

function alertsOf(core: CompanyCore, seqs: number[]): Alert[] {
  return core.store.alertsOf(seqs).map((alert) => alertView(core.record.company_id, alert));
}

interface History<T> {
  items: T[];
  /** Seq to go on below, or null. */
  next: number | null;
}

/** Alerts of an asset, newest first, below `before`. */
export function alertHistory(
  core: CompanyCore,
  record: AssetRecord,
  before: number,
  limit: number,
): History<Alert> {
  const seqs = core.store.activity.alerts(keyOf(record), before, limit + 1);
  const shown = seqs.slice(0, limit);
  return { items: alertsOf(core, shown), next: seqs.length > limit ? (shown.at(-1) ?? null) : null };
}

/** Incidents that its alerts are in, newest first, below `before`. */
export function incidentHistory(
  core: CompanyCore,
  record: AssetRecord,
  before: number,
  limit: number,
): History<Incident> {
  const seqs = core.store.activity.incidents(keyOf(record), before, limit + 1);
  const shown = seqs.slice(0, limit);
  const items = shown
    .flatMap((seq) => core.store.incident(seq) ?? [])
    .map((incident) => incidentView(core.record.company_id, incident, clock.now()));
  return { items, next: seqs.length > limit ? (shown.at(-1) ?? null) : null };
}
