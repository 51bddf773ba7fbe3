import { KeyFilter, keyHash } from "../core/key-filter.ts";

/** The newest page is written again with what comes until it has so many. */
const GROWS_TO = 256;
/** Deliveries of a page at most; to find one in it, all are parsed. */
const MOST = 4096;
/** Characters of a page at most, but for one delivery more; a value may have 2 MB. */
const TEXT_MAX = 512 * 1024;
/** Pages kept parsed: who repeats deliveries mostly repeats neighbours. */
const PARSED_MAX = 4;

export interface KnownDelivery {
  body_hash: string;
  /** Alert seqs in the order of the body's accepted alerts; null where an alert has none. */
  ids: (number | null)[];
}

export interface KeptDelivery extends KnownDelivery {
  expires_at: number;
}

/** What memory holds of a page: enough to say that a key is certainly not in it. */
interface Head {
  page: number;
  keys: number;
  /** When the last of its deliveries ends. */
  expires_at: number;
  /** null: of before there were filters. */
  filter: KeyFilter | null;
}

type Entry = [key: string, body_hash: string, ids: (number | null)[], expires_at: number];

/**
 * Deliveries by the page, in the order in which they came: many share a row that is written once, or a few times
 * while few come, and deleted once. Which page may hold a key is known from a filter of each.
 */
export class DeliveryPages {
  private sql: SqlStorage;
  /** In the order of the pages; null: not read yet. */
  private heads: Head[] | null = null;
  private parsed = new Map<number, ReadonlyMap<string, KeptDelivery>>();

  constructor(sql: SqlStorage) {
    this.sql = sql;
  }

  /** Those of `keys` that still count at `now`, by key; of one that came again the newer. */
  find(keys: readonly string[], now: number): Map<string, KnownDelivery> {
    const found = new Map<string, KnownDelivery>();
    const heads = this.read();
    if (heads.length === 0) return found;
    for (const key of keys) {
      const hash = keyHash(key);
      for (let i = heads.length - 1; i >= 0; i--) {
        const head = heads[i] as Head;
        if (head.filter?.mayHold(hash) === false || head.expires_at <= now) continue;
        const kept = this.entries(head.page).get(key);
        if (!kept) continue;
        if (kept.expires_at > now) found.set(key, kept);
        break;
      }
    }
    return found;
  }

  /** Writes them inside the caller's transaction; what it answers lets memory follow, once that is committed. */
  append(fresh: ReadonlyMap<string, KeptDelivery>, now: number): () => void {
    const heads = this.read();
    const last = heads.at(-1);
    const growing = last !== undefined && last.keys < GROWS_TO;
    const before = growing ? [...this.entries(last.page)] : [];
    const still = before.filter(([key, kept]) => kept.expires_at > now && !fresh.has(key));
    const from = growing ? last.page : (last?.page ?? 0) + 1;
    const written = split([...still, ...fresh]).map((entries, i) => this.write(from + i, entries));
    return () => {
      if (growing) heads.pop();
      heads.push(...written);
      this.parsed.delete(from);
    };
  }

  any(): boolean {
    return this.read().length > 0;
  }

  prune(now: number): void {
    this.sql.exec("DELETE FROM delivery_pages WHERE expires_at <= ?", now);
    this.heads = this.read().filter((head) => head.expires_at > now);
    this.parsed.clear();
  }

  private write(page: number, { keys, texts, expires_at }: Share): Head {
    const filter = KeyFilter.of(keys);
    this.sql.exec(
      "INSERT OR REPLACE INTO delivery_pages (page, keys, expires_at, filter, data) VALUES (?, ?, ?, ?, ?)",
      page,
      keys.length,
      expires_at,
      filter.bits.buffer,
      `[${texts.join(",")}]`,
    );
    return { page, keys: keys.length, expires_at, filter };
  }

  private read(): Head[] {
    this.heads ??= this.sql
      .exec<{ page: number; keys: number; expires_at: number; filter: ArrayBuffer | null }>(
        "SELECT page, keys, expires_at, filter FROM delivery_pages ORDER BY page",
      )
      .toArray()
      .map(({ filter, ...head }) => ({
        ...head,
        filter: filter && new KeyFilter(new Uint32Array(filter)),
      }));
    return this.heads;
  }

  private entries(page: number): ReadonlyMap<string, KeptDelivery> {
    const known = this.parsed.get(page);
    if (known) {
      // To the end: the first goes first.
      this.parsed.delete(page);
      this.parsed.set(page, known);
      return known;
    }
    const { data } = this.sql
      .exec<{ data: string }>("SELECT data FROM delivery_pages WHERE page = ?", page)
      .one();
    const entries = new Map(
      (JSON.parse(data) as Entry[]).map(([key, body_hash, ids, expires_at]) => [
        key,
        { body_hash, ids, expires_at },
      ]),
    );
    this.parsed.set(page, entries);
    const [first] = this.parsed.keys();
    if (this.parsed.size > PARSED_MAX && first !== undefined) this.parsed.delete(first);
    return entries;
  }
}

/** What one page holds. */
interface Share {
  keys: string[];
  texts: string[];
  expires_at: number;
}

function split(deliveries: [string, KeptDelivery][]): Share[] {
  const shares: Share[] = [];
  let share: Share | undefined;
  let size = 0;
  for (const [key, { body_hash, ids, expires_at }] of deliveries) {
    if (!share || share.keys.length >= MOST || size > TEXT_MAX) {
      share = { keys: [], texts: [], expires_at: 0 };
      shares.push(share);
      size = 0;
    }
    const entry: Entry = [key, body_hash, ids, expires_at];
    const text = JSON.stringify(entry);
    size += text.length;
    share.keys.push(key);
    share.texts.push(text);
    share.expires_at = Math.max(share.expires_at, expires_at);
  }
  return shares;
}
