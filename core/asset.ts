/** Which machine is meant: one asset, whatever each tool calls it. */

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

function isIp(name: string): boolean {
  return IPV4.test(name) || (name.includes(":") && /^[0-9a-f:.%]+$/.test(name));
}

/** "web-01" of "web-01.acme.local"; null where the name is no FQDN or is an address. */
export function shortName(name: string): string | null {
  if (isIp(name) || !FQDN.test(name)) return null;
  return name.slice(0, name.indexOf("."));
}

export interface AssetRecord {
  id: number;
  /** What people read; the first name seen or the inventory's. */
  name: string;
  /** Normalised names, asset ids and addresses that mean it. */
  aliases: string[];
}

export interface ResolvedAsset {
  /** What keys use: stable for the life of the asset. "" means it could not be told. */
  key: string;
  asset: AssetRecord | null;
  /** Aliases the asset did not have before. */
  learned: string[];
}

/**
 * The assets of one company. An exact alias decides; a bare short name meets the one FQDN that begins
 * with it, and an FQDN the one bare short name; where two would fit, the name stands for itself, since a
 * wrong merge is worse than a missed one.
 */
export class AssetBook {
  private byAlias = new Map<string, AssetRecord>();
  /** Short name -> the assets whose FQDN begins with it. */
  private byShort = new Map<string, Set<AssetRecord>>();
  private nextId = 1;

  constructor(records: Iterable<AssetRecord> = []) {
    for (const record of records) this.add(record);
  }

  private add(record: AssetRecord): void {
    this.nextId = Math.max(this.nextId, record.id + 1);
    for (const alias of record.aliases) this.index(alias, record);
  }

  private index(alias: string, record: AssetRecord): void {
    this.byAlias.set(alias, record);
    const short = shortName(alias);
    if (!short) return;
    const set = this.byShort.get(short) ?? new Set();
    set.add(record);
    this.byShort.set(short, set);
  }

  private byName(name: string): AssetRecord | undefined {
    const exact = this.byAlias.get(name);
    if (exact) return exact;
    const short = shortName(name);
    if (short) {
      // The bare name is free to mean this FQDN only while no other FQDN has taken it.
      const bare = this.byAlias.get(short);
      return bare && !bare.aliases.some((a) => shortName(a) === short) ? bare : undefined;
    }
    const fits = this.byShort.get(name);
    return fits?.size === 1 ? fits.values().next().value : undefined;
  }

  /** Finds or adds the asset an alert speaks of. `raw` as the tool wrote it. */
  resolve(raw: string, assetId: string | null): ResolvedAsset {
    const name = normalizeAssetName(raw);
    const id = assetId?.trim() ? `id:${assetId.trim()}` : null;
    if (isNameless(name) && !id) return { key: "", asset: null, learned: [] };
    const found = (id && this.byAlias.get(id)) || (isNameless(name) ? undefined : this.byName(name));
    const asset: AssetRecord = found ?? {
      id: this.nextId++,
      name: raw.trim() || (assetId ?? ""),
      aliases: [],
    };
    const learned: string[] = [];
    for (const alias of [isNameless(name) ? null : name, id]) {
      if (!alias || this.byAlias.has(alias)) continue;
      asset.aliases.push(alias);
      this.index(alias, asset);
      learned.push(alias);
    }
    return { key: asset.aliases[0] ?? name, asset, learned };
  }

  all(): AssetRecord[] {
    return [...new Set(this.byAlias.values())];
  }
}
