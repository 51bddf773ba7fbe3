import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cost, fullBucket, take } from "../../core/token-bucket.ts";

const limit = { requests_per_minute: 60, burst: 100 };

describe("a token bucket", () => {
  it("gives its burst at once, then one a second", () => {
    const bucket = fullBucket(limit, 0);
    for (let i = 0; i < 100; i++) expect(take(bucket, limit, 1, 0)).toBe(0);
    expect(take(bucket, limit, 1, 0)).toBe(1);
    expect(take(bucket, limit, 1, 999)).toBe(1);
    expect(take(bucket, limit, 1, 1000)).toBe(0);
    expect(take(bucket, limit, 1, 1000)).toBe(1);
  });

  it("says how long to wait, and the wait is enough", () => {
    fc.assert(
      fc.property(
        fc.record({
          requests_per_minute: fc.integer({ min: 1, max: 1_000_000 }),
          burst: fc.integer({ min: 1, max: 1_000_000 }),
        }),
        fc.integer({ min: 1, max: 10_000 }),
        fc.array(fc.nat(5000), { maxLength: 30 }),
        (some, alerts, gaps) => {
          const bucket = { tokens: 0, at: 0 };
          let now = 0;
          for (const gap of gaps) {
            now += gap;
            take(bucket, some, 1, now);
          }
          const price = cost(alerts, some);
          const wait = take(bucket, some, price, now);
          if (wait > 0) expect(take(bucket, some, price, now + wait * 1000)).toBe(0);
        },
      ),
      { examples: [[{ requests_per_minute: 9, burst: 3 }, 201, []]] },
    );
  });

  it("never gives more than its burst and what has flowed in since", () => {
    const step = fc.tuple(fc.nat(3000), fc.integer({ min: 1, max: 120 }));
    const limits = fc.record({
      requests_per_minute: fc.integer({ min: 1, max: 6000 }),
      burst: fc.integer({ min: 1, max: 500 }),
    });
    fc.assert(
      fc.property(limits, fc.array(step, { maxLength: 60 }), (some, steps) => {
        const bucket = fullBucket(some, 0);
        const taken: { at: number; price: number }[] = [];
        let now = 0;
        for (const [gap, price] of steps) {
          now += gap;
          if (take(bucket, some, price, now) === 0) taken.push({ at: now, price });
        }
        // Over every stretch of time, not only from the beginning.
        for (const [i, first] of taken.entries()) {
          let given = 0;
          for (const { at, price } of taken.slice(i)) {
            given += price;
            const flowed = ((at - first.at) * some.requests_per_minute) / 60_000;
            expect(given).toBeLessThanOrEqual(some.burst + flowed + 1e-6);
          }
        }
      }),
    );
  });

  it("takes nothing where it refuses", () => {
    const bucket = { tokens: 5, at: 0 };
    expect(take(bucket, limit, 6, 0)).toBe(1);
    expect(take(bucket, limit, 5, 0)).toBe(0);
  });

  it("does not fill from a clock that goes back", () => {
    const bucket = { tokens: 0, at: 10_000 };
    expect(take(bucket, limit, 1, 0)).toBeGreaterThan(0);
  });
});

describe("what a request costs", () => {
  it("is one, and one more for every further hundred alerts", () => {
    expect([0, 1, 100, 101, 200, 10_000].map((n) => cost(n, limit))).toEqual([1, 1, 1, 2, 2, 100]);
  });

  it("is never more than the bucket holds, or it could never be paid", () => {
    expect(cost(10_000, { requests_per_minute: 1, burst: 3 })).toBe(3);
  });
});
