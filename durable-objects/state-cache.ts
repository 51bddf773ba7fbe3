/**
 * States in memory by their number, and the newest of each key by its key. It forgets the oldest beyond `max`
 * when told to trim: one that is forgotten is one indexed look-up away.
 */
export class StateCache<T extends { seq: number }> {
  private bySeq = new Map<number, T>();
  private byKey = new Map<string, T>();
  private keyOf: (one: T) => string;
  private max: number;

  constructor(keyOf: (one: T) => string, max: number) {
    this.keyOf = keyOf;
    this.max = max;
  }

  get(seq: number): T | undefined {
    return this.bySeq.get(seq);
  }

  newest(key: string): T | undefined {
    return this.byKey.get(key);
  }

  keep(one: T): T {
    this.bySeq.set(one.seq, one);
    return one;
  }

  /** As the newest of its key, which a row alone cannot tell. */
  keepNewest(one: T): T {
    this.byKey.set(this.keyOf(one), one);
    return this.keep(one);
  }

  drop(seq: number): void {
    const one = this.bySeq.get(seq);
    if (!one) return;
    this.bySeq.delete(seq);
    const key = this.keyOf(one);
    if (this.byKey.get(key) === one) this.byKey.delete(key);
  }

  /** For when rows are as new as memory. */
  trim(): void {
    for (const seq of this.bySeq.keys()) {
      if (this.bySeq.size <= this.max) break;
      this.drop(seq);
    }
  }

  clear(): void {
    this.bySeq.clear();
    this.byKey.clear();
  }
}
