import { type AssetRecord, isNameless, keyOf, normalizeAssetName, shortName } from "./asset.ts";

export interface ResolvedAsset {
  /** What keys use: stable for the life of the asset. "" means it could not be told. */
  key: string;
  asset: AssetRecord | null;
  /** Aliases the asset did not have before. */
  learned: string[];
}

const NO_NEIGHBOURS: readonly string[] = [];

/**
 * The assets of one company. An exact alias decides; a bare short name meets the one FQDN that begins
 * with it, and an FQDN the one bare short name; where two would fit, the name stands for itself, since a
 * wrong merge is worse than a missed one.
 */
export class AssetBook {
  private byId = new Map<number, AssetRecord>();
  private byKey = new Map<string, AssetRecord>();
  private byAlias = new Map<string, AssetRecord>();
  /** Short name -> the assets whose FQDN begins with it. */
  private byShort = new Map<string, Set<AssetRecord>>();
  private next: number;
  /** Who depends on an asset directly; made when first asked for, and anew after a change. */
  private dependents: Map<number, AssetRecord[]> | null = null;
  private withNeeds = 0;

  /** `nextId`: the lowest number still free, where assets of higher ones were deleted. */
  constructor(records: Iterable<AssetRecord> = [], nextId = 1) {
    this.next = nextId;
    for (const record of records) this.put(record);
  }

  /** The number the next new asset gets; an asset's number is never given again. */
  get nextId(): number {
    return this.next;
  }

  get size(): number {
    return this.byId.size;
  }

  get(id: number): AssetRecord | undefined {
    return this.byId.get(id);
  }

  byKeyOf(key: string): AssetRecord | undefined {
    return this.byKey.get(key);
  }

  /** Adds an asset, or takes the place of the one with its number. */
  put(record: AssetRecord): void {
    this.remove(record.id);
    this.dependents = null;
    if (record.details?.depends_on.length) this.withNeeds += 1;
    this.next = Math.max(this.next, record.id + 1);
    this.byId.set(record.id, record);
    for (const alias of record.aliases) this.index(alias, record);
    this.byKey.set(keyOf(record), record);
  }

  remove(id: number): void {
    const record = this.byId.get(id);
    if (!record) return;
    this.byId.delete(id);
    this.dependents = null;
    if (record.details?.depends_on.length) this.withNeeds -= 1;
    if (this.byKey.get(keyOf(record)) === record) this.byKey.delete(keyOf(record));
    for (const alias of record.aliases) {
      if (this.byAlias.get(alias) === record) this.byAlias.delete(alias);
      this.byShort.get(shortName(alias) ?? "")?.delete(record);
    }
  }

  /** Whether any asset depends on another. */
  get hasDependencies(): boolean {
    return this.withNeeds > 0;
  }

  /** The assets that depend on one directly. */
  dependentsOf(id: number): AssetRecord[] {
    if (!this.dependents) {
      this.dependents = new Map();
      for (const record of this.byId.values()) {
        for (const to of record.details?.depends_on ?? []) {
          const known = this.dependents.get(to);
          if (known) known.push(record);
          else this.dependents.set(to, [record]);
        }
      }
    }
    return this.dependents.get(id) ?? [];
  }

  /** Keys of the assets one depends on or that depend on it, directly. */
  neighboursOf(key: string): readonly string[] {
    if (this.withNeeds === 0) return NO_NEIGHBOURS;
    const record = this.byKey.get(key);
    if (!record) return NO_NEIGHBOURS;
    const up = (record.details?.depends_on ?? []).flatMap((id) => this.byId.get(id) ?? []);
    return [...up, ...this.dependentsOf(record.id)].map(keyOf);
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

  /** The asset that an identity, a normalised name or `id:` with a tool's id, means now. */
  find(identity: string): AssetRecord | undefined {
    return identity.startsWith("id:") ? this.byAlias.get(identity) : this.byName(identity);
  }

  /** A key for a new asset: its first identity, unless alerts of another asset are filed under that. */
  freeKey(identity: string, id: number): string {
    return this.byKey.has(identity) ? `${identity}#${id}` : identity;
  }

  /** The key that an alert of such an asset would be filed under, "" where it could not be told. Adds nothing. */
  keyFor(raw: string, assetId: string | null): string {
    const { name, id, found } = this.lookUp(raw, assetId);
    return found ? keyOf(found) : (name ?? id ?? "");
  }

  private lookUp(raw: string, assetId: string | null) {
    const normal = normalizeAssetName(raw);
    const name = isNameless(normal) ? null : normal;
    const id = assetId?.trim() ? `id:${assetId.trim()}` : null;
    const found = (id && this.byAlias.get(id)) || (name === null ? undefined : this.byName(name));
    return { name, id, found };
  }

  /** Finds or adds the asset an alert speaks of. `raw` as the tool wrote it; `now` in epoch ms. */
  resolve(raw: string, assetId: string | null, now?: number): ResolvedAsset {
    const { name, id, found } = this.lookUp(raw, assetId);
    if (name === null && !id) return { key: "", asset: null, learned: [] };
    const asset = found ?? this.discover(raw.trim() || (assetId ?? ""), name ?? id, now);
    const learned: string[] = [];
    for (const alias of [name, id]) {
      if (!alias || this.byAlias.has(alias)) continue;
      asset.aliases.push(alias);
      this.index(alias, asset);
      learned.push(alias);
    }
    return { key: keyOf(asset), asset, learned };
  }

  private discover(name: string, identity: string | null, now: number | undefined): AssetRecord {
    const asset: AssetRecord = { id: this.next++, name, aliases: [] };
    if (now !== undefined) asset.first_seen = now;
    const key = this.freeKey(identity ?? name, asset.id);
    if (key !== identity) asset.key = key;
    this.byId.set(asset.id, asset);
    this.byKey.set(key, asset);
    return asset;
  }

  all(): AssetRecord[] {
    return [...this.byId.values()];
  }
}
