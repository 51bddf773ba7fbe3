import { BOUNDS } from "./parameters.ts";

interface Known {
  /** Incidents of several assets in which it was. */
  incidents: number;
  /** Other asset -> incidents shared, and technicians' word: above 0 together, below apart. */
  with: Map<string, { shared: number; word: number }>;
}

export type CompanionRow = [string, number, [string, number, number][]];

/**
 * Which assets were in incidents together before in this company, learned from its own ended groups and from
 * what technicians said. Bounded; the least shared and the longest unused are forgotten.
 */
export class Companions {
  private readonly known = new Map<string, Known>();

  /** Learns from a group that ended. */
  learn(assets: readonly string[]): void {
    if (assets.length < 2) return;
    const some = assets.slice(0, BOUNDS.learned);
    for (const a of some) {
      this.of(a).incidents += 1;
      for (const b of some) if (a !== b) this.pair(a, b).shared += 1;
    }
  }

  /** A technician said that these belong together (1), or do not (-1). */
  tell(assets: readonly string[], others: readonly string[], word: 1 | -1): void {
    for (const a of assets.slice(0, BOUNDS.learned))
      for (const b of others.slice(0, BOUNDS.learned)) {
        if (a === b) continue;
        for (const pair of [this.pair(a, b), this.pair(b, a)])
          pair.word = Math.max(-5, Math.min(5, pair.word + word));
      }
  }

  companions(asset: string): ReadonlyMap<string, { shared: number; word: number }> {
    return this.known.get(asset)?.with ?? NONE;
  }

  incidents(asset: string): number {
    return this.known.get(asset)?.incidents ?? 0;
  }

  private of(asset: string): Known {
    let one = this.known.get(asset);
    if (one) this.known.delete(asset);
    else {
      one = { incidents: 0, with: new Map() };
      if (this.known.size >= BOUNDS.assets) {
        const oldest = this.known.keys().next();
        if (!oldest.done) this.known.delete(oldest.value);
      }
    }
    this.known.set(asset, one);
    return one;
  }

  private pair(a: string, b: string): { shared: number; word: number } {
    const known = this.of(a).with;
    let pair = known.get(b);
    if (pair) return pair;
    if (known.size >= 2 * BOUNDS.companions) {
      const kept = [...known].sort((x, y) => weight(y[1]) - weight(x[1])).slice(0, BOUNDS.companions);
      known.clear();
      for (const [name, one] of kept) known.set(name, one);
    }
    pair = { shared: 0, word: 0 };
    known.set(b, pair);
    return pair;
  }

  toJSON(): CompanionRow[] {
    return [...this.known].map(([asset, one]) => [
      asset,
      one.incidents,
      [...one.with].map(([other, p]) => [other, p.shared, p.word]),
    ]);
  }

  static fromJSON(rows: CompanionRow[]): Companions {
    const made = new Companions();
    for (const [asset, incidents, pairs] of rows)
      made.known.set(asset, {
        incidents,
        with: new Map(pairs.map(([other, shared, word]) => [other, { shared, word }])),
      });
    return made;
  }
}

const NONE: ReadonlyMap<string, { shared: number; word: number }> = new Map();
/** What a person said outlasts what was counted. */
const weight = (pair: { shared: number; word: number }) => pair.shared + 100 * Math.abs(pair.word);
