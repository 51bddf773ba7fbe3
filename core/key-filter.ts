/** With 32 bits a key; of keys that are not in a filter about one in 170,000 is taken for one that may be. */
const PROBES = 8;

/** What filters know a key by; computed once for however many of them. */
export type KeyHash = readonly [number, number];

/**
 * Which keys may be among some: "no" is certain, "yes" is to be looked up. A Bloom filter
 * (doi:10.1145/362686.362692), its probes taken from two hashes (doi:10.1002/rsa.20208). Filters are kept on
 * disk: how a key is hashed and where it is looked for may not change.
 */
export class KeyFilter {
  readonly bits: Uint32Array<ArrayBuffer>;

  constructor(bits: Uint32Array<ArrayBuffer>) {
    this.bits = bits;
  }

  static of(keys: readonly string[]): KeyFilter {
    const filter = new KeyFilter(new Uint32Array(keys.length + 1));
    for (const key of keys) filter.add(keyHash(key));
    return filter;
  }

  private add(hash: KeyHash): void {
    const { bits } = this;
    for (let i = 0; i < PROBES; i++) {
      const bit = probe(hash, i, bits);
      bits[bit >>> 5] = (bits[bit >>> 5] as number) | (1 << (bit & 31));
    }
  }

  mayHold(hash: KeyHash): boolean {
    const { bits } = this;
    for (let i = 0; i < PROBES; i++) {
      const bit = probe(hash, i, bits);
      if (((bits[bit >>> 5] as number) & (1 << (bit & 31))) === 0) return false;
    }
    return true;
  }
}

/** The bit that probe `i` of a key looks at. */
function probe([a, b]: KeyHash, i: number, bits: Uint32Array): number {
  return ((a + i * b) >>> 0) % (bits.length * 32);
}

/** Two FNV-1a passes over UTF-16 units, mixed once more; the second is odd, so that its multiples differ. */
export function keyHash(key: string): KeyHash {
  let a = 0x811c9dc5;
  let b = 0x9747b28c;
  for (let i = 0; i < key.length; i++) {
    const unit = key.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x01000193);
    b = Math.imul(b ^ unit, 0x5bd1e995) ^ (b >>> 15);
  }
  return [mixed(a), mixed(b) | 1];
}

/** The last steps of MurmurHash3: every bit of the sum counts for every bit of the answer. */
function mixed(h: number): number {
  let x = h ^ (h >>> 16);
  x = Math.imul(x, 0x85ebca6b);
  x ^= x >>> 13;
  x = Math.imul(x, 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}
