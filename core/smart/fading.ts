import { SMART } from "./parameters.ts";

/** A sum that fades: its value at `at`, epoch ms. */
export interface Fading {
  value: number;
  at: number;
}

export function faded(sum: Fading | undefined, now: number): number {
  return sum ? sum.value * Math.exp((sum.at - now) / SMART.fade) : 0;
}

/** Adds at `now`; sums of powers never fall below nothing. */
export function addTo(sum: Fading, power: number, now: number): void {
  sum.value = Math.max(0, faded(sum, now) + power);
  sum.at = now;
}

/** What a map of fading sums keeps of its keys: the ones with most power left. */
export function bounded<T extends Fading>(sums: Map<string, T>, most: number, now: number): void {
  if (sums.size <= most) return;
  const kept = [...sums].sort((a, b) => faded(b[1], now) - faded(a[1], now)).slice(0, Math.ceil(most * 0.75));
  sums.clear();
  for (const [name, sum] of kept) sums.set(name, sum);
}
