import type { NormalizedAlert } from "../alert.ts";
import { type Severity, worse } from "../severity.ts";
import type { AlertState, Variant } from "./state.ts";

/**
 * A source may fire one alert several times at once: two Prometheus rules of one name, a warning and a
 * critical. The key leaves severity out, so they are one alert here; it is as severe as the worst that
 * still fires, and it is over when the last is.
 */
const nameOf = (a: NormalizedAlert) => a.variant ?? "";

export function firstVariant(a: NormalizedAlert, t: number): Variant[] {
  return [[nameOf(a), a.severity, t]];
}

/** Notes that a variant fires; true where it is new or fires anew, which the alert's row must hold. */
export function variantFires(alert: AlertState, a: NormalizedAlert, t: number): boolean {
  const name = nameOf(a);
  const known = alert.variants.find(([n]) => n === name);
  if (!known) {
    alert.variants.push([name, a.severity, t]);
    return true;
  }
  const anew = known[1] !== a.severity || t > known[2];
  known[1] = a.severity;
  known[2] = Math.max(known[2], t);
  return anew && a.variant !== null;
}

/** When the variant that recovers fired last; undefined where it is not known to fire. */
export function firedAt(alert: AlertState, a: NormalizedAlert): number | undefined {
  return alert.variants.find(([n]) => n === nameOf(a))?.[2];
}

/** Takes a variant out; the worst of those left, or null when it was the last. */
export function variantEnds(alert: AlertState, a: NormalizedAlert): Severity | null {
  alert.variants = alert.variants.filter(([n]) => n !== nameOf(a));
  return worstVariant(alert);
}

export function worstVariant(alert: AlertState): Severity | null {
  return alert.variants.reduce<Severity | null>((worst, [, s]) => (worst ? worse(worst, s) : s), null);
}
