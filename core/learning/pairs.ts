/** What is known of two problems that came about together. Counts fade; times are epoch ms. */
export interface PairRecord {
  /** Signatures, the lesser first. */
  a: string;
  b: string;
  /** Times both came within a few minutes, and of those on one asset, and in one incident already. */
  together: number;
  same_asset: number;
  one_incident: number;
  /** Times people said that they are one trouble, or two. */
  merged: number;
  split: number;
  /** What both had in common whenever they came; null: it differed. */
  category: string | null;
  tool: string | null;
  /** A few assets of each. */
  assets_a: string[];
  assets_b: string[];
  last_at: number;
}

export interface SeenRecord {
  signature: string;
  times: number;
  last_at: number;
}

/** A problem that came up: the first alert of an incident, or one that joined. */
export interface Appearance {
  signature: string;
  asset: string;
  category: string;
  tool: string;
  incident: number | null;
  at: number;
}

/** Two that come this close came together; one that comes again within it is no news. */
export const NEAR_MS = 5 * 60_000;
/** After this, what was seen counts half. */
const HALF_LIFE_MS = 30 * 86_400_000;
export const PAIRS_MAX = 500;
export const SEEN_MAX = 500;
const RECENT_MAX = 16;
const ASSETS_MAX = 3;
const NAME_MAX = 120;

const faded = (ms: number) => 0.5 ** (Math.max(0, ms) / HALF_LIFE_MS);
const keyOf = (a: string, b: string) => `${a}\n${b}`;

function remember(list: string[], asset: string): void {
  if (asset && list.length < ASSETS_MAX && !list.includes(asset)) list.push(asset);
}

/**
 * Which problems of a company come together, learned from what came and from what people merged and split.
 * Bounded: the pairs that say most stay. Nothing here changes how alerts are grouped.
 */
export class PairBook {
  readonly pairs = new Map<string, PairRecord>();
  readonly seen = new Map<string, SeenRecord>();
  /** What changed since it was written, and what is to be deleted. */
  readonly changedPairs = new Set<PairRecord>();
  readonly changedSeen = new Set<SeenRecord>();
  readonly droppedPairs: PairRecord[] = [];
  readonly droppedSeen: SeenRecord[] = [];
  private recent: Appearance[] = [];

  constructor(pairs: Iterable<PairRecord> = [], seen: Iterable<SeenRecord> = []) {
    for (const pair of pairs) this.pairs.set(keyOf(pair.a, pair.b), pair);
    for (const one of seen) this.seen.set(one.signature, one);
  }

  get changes(): number {
    return (
      this.changedPairs.size + this.changedSeen.size + this.droppedPairs.length + this.droppedSeen.length
    );
  }

  /** All is written. */
  clean(): void {
    this.changedPairs.clear();
    this.changedSeen.clear();
    this.droppedPairs.length = 0;
    this.droppedSeen.length = 0;
  }

  note(one: Appearance): void {
    const { signature, at } = one;
    if (signature === "" || signature.length > NAME_MAX) return;
    const known = this.seen.get(signature);
    if (known && at - known.last_at < NEAR_MS) return;
    const record = known ?? { signature, times: 0, last_at: at };
    record.times = record.times * faded(at - record.last_at) + 1;
    record.last_at = at;
    this.seen.set(signature, record);
    this.changedSeen.add(record);
    if (!known) this.boundSeen();
    this.recent = this.recent.filter((other) => at - other.at < NEAR_MS).slice(-RECENT_MAX + 1);
    for (const other of this.recent) if (other.signature !== signature) this.together(one, other);
    this.recent.push(one);
  }

  /** People said that these are one trouble (merged), or two (split). */
  taught(a: string, b: string, word: "merged" | "split", at: number, undone = false): void {
    if (a === b || a === "" || b === "" || a.length > NAME_MAX || b.length > NAME_MAX) return;
    const pair = this.pairOf(a, b, at);
    pair[word] = Math.max(0, pair[word] + (undone ? -1 : 1));
  }

  private together(one: Appearance, other: Appearance): void {
    const [x, y] = one.signature < other.signature ? [one, other] : [other, one];
    const isNew = !this.pairs.has(keyOf(x.signature, y.signature));
    const pair = this.pairOf(x.signature, y.signature, one.at);
    pair.together += 1;
    if (x.asset !== "" && x.asset === y.asset) pair.same_asset += 1;
    if (x.incident !== null && x.incident === y.incident) pair.one_incident += 1;
    const common = (p: string, q: string, was: string | null) => (p === q && (isNew || was === p) ? p : null);
    pair.category = common(x.category, y.category, pair.category);
    pair.tool = common(x.tool, y.tool, pair.tool);
    remember(pair.assets_a, x.asset);
    remember(pair.assets_b, y.asset);
  }

  private pairOf(p: string, q: string, at: number): PairRecord {
    const [a, b] = p < q ? [p, q] : [q, p];
    const key = keyOf(a, b);
    const known = this.pairs.get(key);
    const pair: PairRecord = known ?? {
      a,
      b,
      together: 0,
      same_asset: 0,
      one_incident: 0,
      merged: 0,
      split: 0,
      category: null,
      tool: null,
      assets_a: [],
      assets_b: [],
      last_at: at,
    };
    const left = faded(at - pair.last_at);
    pair.together *= left;
    pair.same_asset *= left;
    pair.one_incident *= left;
    pair.last_at = at;
    this.changedPairs.add(pair);
    if (!known) {
      this.pairs.set(key, pair);
      this.boundPairs();
    }
    return pair;
  }

  /** The pairs that say least go: what people said weighs most, then how often and how lately. */
  private boundPairs(): void {
    if (this.pairs.size <= PAIRS_MAX) return;
    const weight = (pair: PairRecord) => pair.together + 100 * (pair.merged + pair.split);
    const all = [...this.pairs].sort(([, x], [, y]) => weight(x) - weight(y) || x.last_at - y.last_at);
    for (const [key, pair] of all.slice(0, this.pairs.size - PAIRS_MAX * 0.9)) {
      this.pairs.delete(key);
      this.changedPairs.delete(pair);
      this.droppedPairs.push(pair);
    }
  }

  private boundSeen(): void {
    if (this.seen.size <= SEEN_MAX) return;
    const all = [...this.seen].sort(([, x], [, y]) => x.last_at - y.last_at);
    for (const [key, one] of all.slice(0, this.seen.size - SEEN_MAX * 0.9)) {
      this.seen.delete(key);
      this.changedSeen.delete(one);
      this.droppedSeen.push(one);
    }
  }
}
