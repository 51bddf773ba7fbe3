import type { AssetRecord } from "./asset.ts";
import { factsOf, isCritical } from "./asset-edit.ts";
import type { Asset, AssetRef, Health } from "./asset-schema.ts";
import { assetId } from "./ids.ts";
import { type Severity, severityRank, worse } from "./severity.ts";

/** What alerts tell about one asset now. Times in epoch ms, null where no alert came. */
export interface AssetStanding {
  /** Severities of the alerts that fire on it. */
  firing: Iterable<Severity>;
  first: number | null;
  last: number | null;
}

const iso = (ms: number | null | undefined) => (ms == null ? null : new Date(ms).toISOString());

export function healthOf(firing: Iterable<Severity>): { health: Health; open_alerts: number } {
  let health: Health = "ok";
  let open_alerts = 0;
  for (const severity of firing) {
    health = health === "ok" ? severity : worse(health, severity);
    open_alerts += 1;
  }
  return { health, open_alerts };
}

/** 0 for ok up to 4 for critical. */
export function healthRank(health: Health): number {
  return health === "ok" ? 0 : severityRank(health);
}

export function assetView(
  companyId: string,
  record: AssetRecord,
  critical: ReadonlySet<string>,
  standing: AssetStanding,
): Asset {
  const { depends_on, ...facts } = factsOf(record);
  return {
    id: assetId(companyId, record.id),
    ...facts,
    critical: isCritical(record, critical),
    depends_on: depends_on.map((id) => assetId(companyId, id)),
    source: record.details?.source ?? "discovered",
    ...healthOf(standing.firing),
    first_seen: iso(record.first_seen ?? standing.first),
    last_seen: iso(standing.last),
  };
}

export function refOf(asset: Asset): AssetRef {
  const { id, name, health, critical } = asset;
  return { id, name, health, critical };
}

export interface AssetFilter {
  q?: string;
  health?: Health[];
  critical?: boolean;
  environment?: string[];
  type?: string[];
  tag?: string;
}

/** Whether an asset belongs in a list. */
export function assetMatches(filter: AssetFilter): (asset: Asset) => boolean {
  const words = (filter.q ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  return (asset) => {
    if (filter.health && !filter.health.includes(asset.health)) return false;
    if (filter.critical !== undefined && filter.critical !== asset.critical) return false;
    if (filter.environment && !filter.environment.includes(asset.environment)) return false;
    if (filter.type && !filter.type.includes(asset.type)) return false;
    if (filter.tag !== undefined && !asset.tags.includes(filter.tag)) return false;
    if (words.length === 0) return true;
    const { name, aliases, ip, instance_id, os, tags } = asset;
    const text = [name, ip, instance_id, os, ...aliases, ...tags].join("\n").toLowerCase();
    return words.every((word) => text.includes(word));
  };
}

export const ASSET_SORTS = ["health", "name"] as const;
export type AssetSort = (typeof ASSET_SORTS)[number];

/** Where a list was left: the last row shown. */
export interface AssetPosition {
  health: Health;
  name: string;
  id: string;
}

/** Worst first and then by name, or by name alone; ids settle what is left. */
export function assetOrder(sort: AssetSort): (a: AssetPosition, b: AssetPosition) => number {
  return (a, b) => {
    if (sort === "health" && a.health !== b.health) return healthRank(b.health) - healthRank(a.health);
    const [left, right] = [a.name.toLowerCase(), b.name.toLowerCase()];
    if (left !== right) return left < right ? -1 : 1;
    return a.id === b.id ? 0 : a.id < b.id ? -1 : 1;
  };
}
