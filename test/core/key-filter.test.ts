import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { KeyFilter } from "../../core/key-filter.ts";

const filterOf = (keys: Iterable<string>): KeyFilter => {
  const filter = new KeyFilter();
  for (const key of keys) filter.add(key);
  return filter;
};

describe("a filter of keys", () => {
  it("never denies a key that was added", () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (keys) => {
        const filter = filterOf(keys);
        for (const key of keys) expect(filter.mayHold(key)).toBe(true);
      }),
    );
  });

  it("holds nothing at first", () => {
    expect(new KeyFilter().mayHold("h:1")).toBe(false);
  });

  it("keeps every key of several blocks, and takes hardly any other for one of them", () => {
    const COUNT = 100_000;
    const filter = filterOf(Array.from({ length: COUNT }, (_, n) => `h:delivery-${n}`));
    let wrong = 0;
    for (let n = 0; n < COUNT; n++) {
      if (!filter.mayHold(`h:delivery-${n}`)) throw new Error(`delivery-${n} was lost`);
      if (filter.mayHold(`h:another-${n}`)) wrong += 1;
    }
    expect(wrong / COUNT).toBeLessThan(0.02);
  });
});
