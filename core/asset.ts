/** Which machine is meant: one asset, whatever each tool calls it. */

export const ASSET_TYPES = [
  "server",
  "vm",
  "container",
  "database",
  "network",
  "website",
  "cloud",
  "other",
] as const;
export type AssetType = (typeof ASSET_TYPES)[number];
export const ENVIRONMENTS = ["production", "staging", "development", "test", "other"] as const;
export type Environment = (typeof ENVIRONMENTS)[number];
export const ASSET_SOURCES = ["discovered", "manual", "csv"] as const;
export type AssetSource = (typeof ASSET_SOURCES)[number];

/** Assets that a company can call critical: their names are one row of its record. */
export const CRITICAL_MAX = 5000;

const IPV4 = /^(\d{1,3}(?:\.\d{1,3}){3})(?::\d{1,5})?$/;
const BRACKETED_V6 = /^\[([0-9a-f:.%]+)\](?::\d{1,5})?$/;
const HOST_PORT = /^(.*[^:]):\d{1,5}$/;
const FQDN = /^(?=.{4,253}$)[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)+$/;
const NAMELESS = new Set(["", "unknown", "none", "null", "n/a", "na", "-", "undefined"]);

/** true for what names nothing; such a value never groups. */
export function isNameless(name: string): boolean {
  return NAMELESS.has(name);
}

/**
 * A host name as keys use it: trimmed, NFC, lower case, without scheme, port, brackets and closing dot.
 * A value that is no host name (a queue, a certificate) only loses case and outer space.
 */
export function normalizeAssetName(raw: string): string {
  let name = raw.normalize("NFC").trim().toLowerCase();
  const scheme = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/.exec(name);
  if (scheme) name = scheme[1]?.replace(/^[^@]*@/, "") ?? name;
  const v4 = IPV4.exec(name);
  if (v4) return v4[1] ?? name;
  const v6 = BRACKETED_V6.exec(name);
  if (v6) return v6[1] ?? name;
  const port = HOST_PORT.exec(name);
  if (port?.[1] && !port[1].includes(":")) name = port[1];
  return name.endsWith(".") ? name.slice(0, -1) : name;
}

export function isIpName(name: string): boolean {
  return IPV4.test(name) || (name.includes(":") && /^[0-9a-f:.%]+$/.test(name));
}

/** "web-01" of "web-01.acme.local"; null where the name is no FQDN or is an address. */
export function shortName(name: string): string | null {
  if (isIpName(name) || !FQDN.test(name)) return null;
  return name.slice(0, name.indexOf("."));
}

/** What people wrote down about an asset; alerts never change it. */
export interface AssetDetails {
  type: AssetType;
  ip: string | null;
  instance_id: string | null;
  os: string | null;
  environment: Environment;
  tags: string[];
  notes: string | null;
  /** Numbers of the assets it needs to work. */
  depends_on: number[];
  source: AssetSource;
}

export interface AssetRecord {
  id: number;
  /** What people read; the first name seen or the inventory's. */
  name: string;
  /** Normalised names, asset ids (`id:...`) and addresses that mean it. */
  aliases: string[];
  /** What its alerts are filed under, where that is not its first alias. */
  key?: string;
  /** Epoch ms; not known of assets from before it was kept. */
  first_seen?: number;
  /** Absent while alerts alone speak of it. */
  details?: AssetDetails;
}

/** What keys of alerts and incidents use: it outlives every change of name and address. */
export function keyOf(record: AssetRecord): string {
  return record.key ?? record.aliases[0] ?? normalizeAssetName(record.name);
}

/** An identity as people and tools write it: a name in any spelling, or `id:` and a tool's own id. */
export function identityOf(text: string): string {
  const trimmed = text.trim();
  return trimmed.startsWith("id:") ? trimmed : normalizeAssetName(trimmed);
}
