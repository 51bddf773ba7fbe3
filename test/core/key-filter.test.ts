import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { KeyFilter, keyHash } from "../../core/key-filter.ts";

describe("a filter of keys", () => {
  it("never denies a key that is among them, also when it was kept as bytes", () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (keys) => {
        const kept = new KeyFilter(new Uint32Array(KeyFilter.of(keys).bits.buffer.slice(0)));
        for (const key of keys) expect(kept.mayHold(keyHash(key))).toBe(true);
      }),
    );
  });

  it("holds nothing of nothing", () => {
    expect(KeyFilter.of([]).mayHold(keyHash("h:1"))).toBe(false);
  });

  it.each([
    256, 4096, 100_000,
  ])("of %i keys holds each, and takes hardly any other for one of them", (count) => {
    const keys = Array.from({ length: count }, (_, n) => `h:delivery-${n}`);
    const filter = KeyFilter.of(keys);
    expect(keys.filter((key) => !filter.mayHold(keyHash(key)))).toEqual([]);
    let wrong = 0;
    for (let n = 0; n < 100_000; n++) if (filter.mayHold(keyHash(`h:another-${n}`))) wrong += 1;
    expect(wrong / 100_000).toBeLessThan(0.0001);
  });

  it("puts keys where a filter that is on disk has them", () => {
    expect([...KeyFilter.of(["h:delivery-1", "s:00ff"]).bits]).toEqual([66560, 313262096, 4270274]);
  });
});
