import { KeyFilter, type KeyHash, keyHash } from "../core/key-filter.ts";

/** The newest page is written again with what comes until it has so many. */
const GROWS_TO = 256;
/** Deliveries of a page at most; to find one in it, all are parsed, in half a millisecond. */
const MOST = 1024;
/** Characters of a page at most, but for one delivery more; a value may have 2 MB. */
const TEXT_MAX = 256 * 1024;
/** Pages, or deliveries, that become a block. */
const BLOCK_PAGES = 32;
const BLOCK_KEYS = 32_768;
/** Pages kept parsed: who repeats deliveries mostly repeats neighbours. */
const PARSED_MAX = 16;

export interface KnownDelivery {
  body_hash: string;
  /** Alert seqs in the order of the body's accepted alerts; null where an alert has none. */
  ids: (number | null)[];
}

export interface KeptDelivery extends KnownDelivery {
  expires_at: number;
}

/** Enough of a page to say that a key is certainly not in it. */
interface Head {
  page: number;
  keys: number;
  /** When the last of its deliveries ends. */
  expires_at: number;
  /** null: of before there were filters. */
  filter: KeyFilter | null;
}

/** Pages that are not written again, `first` to `last`, under one filter. */
interface Block {
  first: number;
  last: number;
  expires_at: number;
  filter: KeyFilter;
}

/** What memory holds, oldest first. */
interface Index {
  blocks: Block[];
  /** Of the pages after the last block. */
  heads: Head[];
}

type Entry = [key: string, body_hash: string, ids: (number | null)[], expires_at: number];

/**
 * Deliveries by the page, in the order in which they came: many share a row that is written once, or a few times
 * while few come, and deleted once. Which page may hold a key is known from a filter of each; those of older pages
 * stay on disk behind one filter for all of a block, so that a new key asks few.
 */
export class DeliveryPages {
  private sql: SqlStorage;
  /** null: not read yet. */
  private index: Index | null = null;
  private parsed = new Map<number, ReadonlyMap<string, KeptDelivery>>();

  constructor(sql: SqlStorage) {
    this.sql = sql;
  }

  /** Those of `keys` that still count at `now`, by key; of one that came again the newer. */
  find(keys: readonly string[], now: number): Map<string, KnownDelivery> {
    const found = new Map<string, KnownDelivery>();
    const { blocks, heads } = this.read();
    if (heads.length === 0 && blocks.length === 0) return found;
    for (const key of keys) {
      const hash = keyHash(key);
      let kept = this.among(heads, key, hash, now);
      for (let i = blocks.length - 1; i >= 0 && !kept; i--) {
        const { first, last, expires_at, filter } = blocks[i] as Block;
        if (expires_at > now && filter.mayHold(hash))
          kept = this.among(this.headsOf(first, last), key, hash, now);
      }
      if (kept && kept.expires_at > now) found.set(key, kept);
    }
    return found;
  }

  private among(heads: readonly Head[], key: string, hash: KeyHash, now: number): KeptDelivery | undefined {
    for (let i = heads.length - 1; i >= 0; i--) {
      const { page, expires_at, filter } = heads[i] as Head;
      if (filter?.mayHold(hash) === false || expires_at <= now) continue;
      const kept = this.entries(page).get(key);
      if (kept) return kept;
    }
    return undefined;
  }

  /** Writes them inside the caller's transaction; what it answers lets memory follow, once that is committed. */
  append(fresh: ReadonlyMap<string, KeptDelivery>, now: number): () => void {
    const { blocks, heads } = this.read();
    const last = heads.at(-1);
    const growing = last !== undefined && last.keys < GROWS_TO;
    const before = growing ? [...this.entries(last.page)] : [];
    const still = before.filter(([key, kept]) => kept.expires_at > now && !fresh.has(key));
    const newest = last?.page ?? blocks.at(-1)?.last ?? 0;
    const from = growing ? newest : newest + 1;
    const written = split([...still, ...fresh]).map((entries, i) => this.write(from + i, entries));
    const closed = growing ? heads.slice(0, -1) : heads;
    const full = blockOf(closed);
    const more = full.length > 0 ? [this.writeBlock(full)] : [];
    return () => {
      this.parsed.delete(from);
      this.index = { blocks: [...blocks, ...more], heads: [...closed.slice(full.length), ...written] };
    };
  }

  any(): boolean {
    const { blocks, heads } = this.read();
    return heads.length > 0 || blocks.length > 0;
  }

  /** Pages go one by one until they are in a block, then with it: what is not over is not looked at. */
  prune(now: number): void {
    const { blocks, heads } = this.read();
    const lasts = ({ expires_at }: { expires_at: number }) => expires_at > now;
    for (const block of blocks) if (!lasts(block)) this.dropBlock(block);
    for (const head of heads) if (!lasts(head)) this.dropPages(head.page, head.page);
    this.index = { blocks: blocks.filter(lasts), heads: heads.filter(lasts) };
    this.parsed.clear();
  }

  private dropBlock({ first, last }: Block): void {
    this.dropPages(first, last);
    this.sql.exec("DELETE FROM delivery_blocks WHERE first = ?", first);
  }

  private dropPages(first: number, last: number): void {
    this.sql.exec("DELETE FROM delivery_pages WHERE page BETWEEN ? AND ?", first, last);
  }

  private writeBlock(heads: readonly Head[]): Block {
    const [first = 0, last = 0] = [heads[0]?.page, heads.at(-1)?.page];
    const filter = KeyFilter.of(heads.flatMap(({ page }) => [...this.entries(page).keys()]));
    const expires_at = Math.max(...heads.map((head) => head.expires_at));
    this.sql.exec(
      "INSERT INTO delivery_blocks (first, last, expires_at, filter) VALUES (?, ?, ?, ?)",
      first,
      last,
      expires_at,
      filter.bits.buffer,
    );
    return { first, last, expires_at, filter };
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

  private read(): Index {
    if (this.index) return this.index;
    const blocks = this.sql
      .exec<Omit<Block, "filter"> & { filter: ArrayBuffer }>(
        "SELECT first, last, expires_at, filter FROM delivery_blocks ORDER BY first",
      )
      .toArray()
      .map(({ filter, ...block }) => ({ ...block, filter: new KeyFilter(new Uint32Array(filter)) }));
    this.index = { blocks, heads: this.headsOf((blocks.at(-1)?.last ?? 0) + 1, Number.MAX_SAFE_INTEGER) };
    return this.index;
  }

  private headsOf(first: number, last: number): Head[] {
    return this.sql
      .exec<Omit<Head, "filter"> & { filter: ArrayBuffer | null }>(
        "SELECT page, keys, expires_at, filter FROM delivery_pages WHERE page BETWEEN ? AND ? ORDER BY page",
        first,
        last,
      )
      .toArray()
      .map(({ filter, ...head }) => ({ ...head, filter: filter && new KeyFilter(new Uint32Array(filter)) }));
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

/** The oldest pages, where they are enough for a block; a backlog becomes several, one a checkpoint. */
function blockOf(closed: readonly Head[]): readonly Head[] {
  let keys = 0;
  for (const [i, head] of closed.entries()) {
    keys += head.keys;
    if (i + 1 >= BLOCK_PAGES || keys >= BLOCK_KEYS) return closed.slice(0, i + 1);
  }
  return [];
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
