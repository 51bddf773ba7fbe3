/** 64 KiB of bits. */
const BITS = 2 ** 19;
/** 16 bits a key: about one key in 400 that was never added is taken for one that was. */
const KEYS_PER_BLOCK = BITS / 16;
const PROBES = 4;

/**
 * Which keys may have been added: "no" is certain, "yes" is to be looked up. A Bloom filter
 * (doi:10.1145/362686.362692) that grows by blocks, its probes taken from two hashes
 * (doi:10.1002/rsa.20208).
 */
export class KeyFilter {
  private blocks: { bits: Uint32Array; keys: number }[] = [];

  add(key: string): void {
    let block = this.blocks.at(-1);
    if (!block || block.keys >= KEYS_PER_BLOCK) {
      block = { bits: new Uint32Array(BITS / 32), keys: 0 };
      this.blocks.push(block);
    }
    block.keys += 1;
    const [a, b] = hashes(key);
    for (let i = 0; i < PROBES; i++) {
      const bit = (a + i * b) >>> 0;
      const word = (bit % BITS) >>> 5;
      block.bits[word] = (block.bits[word] as number) | (1 << (bit & 31));
    }
  }

  mayHold(key: string): boolean {
    const [a, b] = hashes(key);
    return this.blocks.some(({ bits }) => holds(bits, a, b));
  }
}

function holds(bits: Uint32Array, a: number, b: number): boolean {
  for (let i = 0; i < PROBES; i++) {
    const bit = (a + i * b) >>> 0;
    if (((bits[(bit % BITS) >>> 5] as number) & (1 << (bit & 31))) === 0) return false;
  }
  return true;
}

/** Two FNV-1a passes over UTF-16 units, mixed once more; the second is odd, so that its multiples differ. */
function hashes(key: string): [number, number] {
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
