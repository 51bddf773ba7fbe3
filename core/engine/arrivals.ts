import type { AlertState } from "./state.ts";

/** [first, last, times, over]: when it came, how often, and when it recovered or expired (0: not yet). Epoch ms. */
export type Span = [first: number, last: number, times: number, over: number];

/** An alert that comes for days in every rhythm stays this small; the two nearest become one. */
export const SPANS_MAX = 16;
/** The beats of one rhythm differ by no more. */
const BEAT_MS = 1000;

/** What it was until now, where nothing is kept yet: one arrival needs no room of its own. */
function spansOf(alert: AlertState): Span[] {
  alert.arrivals ??= [[alert.received_at, alert.last_received_at, alert.count, 0]];
  return alert.arrivals;
}

/**
 * Notes one more arrival; call it before the alert's own count and times move on. Kept as spans of one rhythm,
 * so that its story can be told again (core/replay) without a row an arrival.
 */
export function arrived(alert: AlertState, now: number): void {
  const spans = spansOf(alert);
  const last = spans[spans.length - 1] as Span;
  const gap = now - last[1];
  const mean = last[2] > 1 ? (last[1] - last[0]) / (last[2] - 1) : gap;
  const inStep = Math.abs(gap - mean) <= BEAT_MS;
  if (last[3] === 0 && inStep) {
    last[1] = now;
    last[2] += 1;
    return;
  }
  spans.push([now, now, 1, 0]);
  if (spans.length > SPANS_MAX) joinNearest(spans);
}

/** It recovered or expired. */
export function ended(alert: AlertState, now: number): void {
  const spans = spansOf(alert);
  (spans[spans.length - 1] as Span)[3] = now;
}

/** Of two spans with a recovery between them, that recovery is forgotten. */
function joinNearest(spans: Span[]): void {
  let at = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i + 1 < spans.length; i++) {
    const gap = (spans[i + 1] as Span)[0] - (spans[i] as Span)[1];
    if (gap < least) [at, least] = [i, gap];
  }
  const [a, b] = [spans[at] as Span, spans[at + 1] as Span];
  spans.splice(at, 2, [a[0], b[1], a[2] + b[2], b[3]]);
}
