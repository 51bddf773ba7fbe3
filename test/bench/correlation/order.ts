import { Random } from "../../../dev/demo/random.ts";
import { runAlone } from "./alone.ts";
import type { Labelled, Stream } from "./stream.ts";

export interface OrderChange {
  /** Of all pairs of alerts of a tenant, the share that is together in one order and apart in the other. */
  of_all_pairs: number;
  /** The same of the pairs that are together in either order: the stricter view. */
  of_grouped_pairs: number;
}

const pairs = (n: number) => (n * (n - 1)) / 2;

function total(counts: Iterable<number>): number {
  let sum = 0;
  for (const n of counts) sum += pairs(n);
  return sum;
}

const count = <K>(of: Map<K, number>, key: K) => of.set(key, (of.get(key) ?? 0) + 1);

/** How much two groupings of the same alerts differ, by pairs. */
export function difference(alerts: Labelled[], first: number[], second: number[]): OrderChange {
  const tenants = new Map<string, number>();
  const one = new Map<number, number>();
  const two = new Map<number, number>();
  const both = new Map<string, number>();
  for (const [i, a] of alerts.entries()) {
    count(tenants, a.tenant);
    count(one, first[i] as number);
    count(two, second[i] as number);
    count(both, `${first[i]}:${second[i]}`);
  }
  const shared = total(both.values());
  const changed = total(one.values()) + total(two.values()) - 2 * shared;
  return {
    of_all_pairs: changed / Math.max(1, total(tenants.values())),
    of_grouped_pairs: changed / Math.max(1, changed + shared),
  };
}

/** Every alert arrives later by 0 to `ms`, at random: how the grouping changes. */
export function shuffled(stream: Stream, groups: number[], seed: number, ms = 30_000): OrderChange {
  const random = new Random(seed);
  const late = stream.alerts
    .map((a, index) => ({ a: { ...a, t: a.t + Math.floor(random.next() * ms) }, index }))
    .sort((x, y) => x.a.t - y.a.t || x.index - y.index);
  const again = runAlone({ ...stream, alerts: late.map(({ a }) => a) }).groups;
  const second: number[] = new Array(groups.length).fill(0);
  for (const [i, { index }] of late.entries()) second[index] = again[i] as number;
  return difference(stream.alerts, groups, second);
}
