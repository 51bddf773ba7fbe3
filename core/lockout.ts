/** Failures that are forgiven; the next one locks. */
const FREE_FAILURES = 4;
const FIRST_LOCK_MS = 60_000;
const LONGEST_LOCK_MS = 3_600_000;
/** After so long without a failure the count starts anew. */
export const FAILURES_KEPT_MS = 24 * 3_600_000;

/** For how long the nth failure in a row locks, in ms: a minute at the fifth, doubling up to an hour. 0: not at all. */
export function lockMs(failures: number): number {
  if (failures <= FREE_FAILURES) return 0;
  return Math.min(FIRST_LOCK_MS * 2 ** (failures - FREE_FAILURES - 1), LONGEST_LOCK_MS);
}
