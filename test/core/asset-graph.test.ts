import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyCycle, cycleThrough, neededBy, reachable } from "../../core/asset-graph.ts";

/** 1 needs 2 and 3, both need 4; 5 stands alone. */
const edges: Record<number, number[]> = { 1: [2, 3], 2: [4], 3: [4], 4: [] };
const needs = (id: number) => edges[id] ?? [];
const all = [1, 2, 3, 4, 5];

describe("what an asset needs", () => {
  it("is everything behind it, the nearest first, each once", () => {
    expect(reachable(1, needs)).toEqual([2, 3, 4]);
    expect(reachable(4, needs)).toEqual([]);
  });

  it("read the other way is what needs it", () => {
    const dependents = neededBy(all, needs);
    expect(reachable(4, dependents).sort()).toEqual([1, 2, 3]);
    expect(dependents(5)).toEqual([]);
  });

  it("may not lead back to it, by whatever way", () => {
    expect(cycleThrough(4, (id) => (id === 4 ? [1] : needs(id)))).toEqual([4, 1, 2, 4]);
    expect(cycleThrough(4, (id) => (id === 4 ? [4] : needs(id)))).toEqual([4, 4]);
    expect(cycleThrough(4, (id) => (id === 4 ? [5] : needs(id)))).toBeNull();
    expect(anyCycle(all, needs)).toBeNull();
  });

  it("is walked without a stack, however long the chain", () => {
    const chain = (id: number) => (id < 10_000 ? [id + 1] : []);
    const ids = Array.from({ length: 10_000 }, (_, i) => i + 1);
    expect(anyCycle(ids, chain)).toBeNull();
    expect(reachable(1, chain)).toHaveLength(9999);
    expect(anyCycle(ids, (id) => (id === 10_000 ? [1] : chain(id)))).toHaveLength(10_001);
  });
});

const graphs = fc
  .integer({ min: 1, max: 12 })
  .chain((n) =>
    fc
      .array(fc.tuple(fc.integer({ min: 1, max: n }), fc.integer({ min: 1, max: n })), { maxLength: 40 })
      .map((pairs) => ({ ids: Array.from({ length: n }, (_, i) => i + 1), pairs })),
  );
const from = (pairs: [number, number][]) => (id: number) => pairs.filter(([a]) => a === id).map(([, b]) => b);

describe("over any graph", () => {
  it("a cycle that is named exists, and one is named exactly where something reaches itself", () => {
    fc.assert(
      fc.property(graphs, ({ ids, pairs }) => {
        const next = from(pairs);
        const reachesItself = (id: number) =>
          next(id).some((to) => to === id || reachable(to, next).includes(id));
        for (const way of [anyCycle(ids, next), ...ids.map((id) => cycleThrough(id, next))]) {
          if (!way) continue;
          expect(way[0]).toBe(way.at(-1));
          for (let i = 1; i < way.length; i++) expect(next(way[i - 1] ?? 0)).toContain(way[i]);
        }
        for (const id of ids) expect(cycleThrough(id, next) !== null).toBe(reachesItself(id));
        expect(anyCycle(ids, next) !== null).toBe(ids.some(reachesItself));
      }),
    );
  });

  it("upstream and downstream are mirror images", () => {
    fc.assert(
      fc.property(graphs, ({ ids, pairs }) => {
        const next = from(pairs);
        const back = neededBy(ids, next);
        for (const a of ids)
          for (const b of ids) expect(reachable(a, next).includes(b)).toBe(reachable(b, back).includes(a));
      }),
    );
  });

  it("refusing what closes a circle keeps a graph free of them", () => {
    fc.assert(
      fc.property(graphs, ({ ids, pairs }) => {
        const kept: [number, number][] = [];
        for (const [a, b] of pairs) {
          const next = from([...kept, [a, b]]);
          if (!cycleThrough(a, next)) kept.push([a, b]);
        }
        expect(anyCycle(ids, from(kept))).toBeNull();
      }),
    );
  });
});
