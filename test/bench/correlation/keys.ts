import type { Labelled } from "./stream.ts";

export type SimpleKey = "asset+signature" | "signature" | "asset" | "all";
export type SimpleWindow = "sliding" | "fixed";
export const SIMPLE_KEYS: readonly SimpleKey[] = ["asset+signature", "signature", "asset", "all"];

const MINUTE = 60_000;

function keyOf(key: SimpleKey, a: Labelled): string {
  if (key === "asset") return `${a.tenant}\n${a.asset}`;
  if (key === "signature") return `${a.tenant}\n${a.signature}`;
  if (key === "all") return a.tenant;
  return `${a.tenant}\n${a.asset}\n${a.signature}`;
}

/**
 * Groups by one key, as most products do. A sliding window ends `minutes` after the last alert of its group,
 * a fixed one after its first.
 */
export function bySimpleKey(
  alerts: Labelled[],
  key: SimpleKey,
  window: SimpleWindow,
  minutes = 15,
): number[] {
  const open = new Map<string, { group: number; since: number }>();
  let next = 0;
  return alerts.map((a) => {
    const name = keyOf(key, a);
    const known = open.get(name);
    if (known && a.t - known.since <= minutes * MINUTE) {
      if (window === "sliding") known.since = a.t;
      return known.group;
    }
    next += 1;
    open.set(name, { group: next, since: a.t });
    return next;
  });
}
