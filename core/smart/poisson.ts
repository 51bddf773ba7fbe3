/**
 * Chance that a Poisson process with `mean` expected events shows at least `seen` of them, 0 to 1. Summed from
 * `seen` on, so that tiny chances keep their digits; terms above the mean fall at least geometrically.
 */
export function poissonTail(seen: number, mean: number): number {
  if (seen <= 0) return 1;
  if (mean <= 0) return 0;
  let log = seen * Math.log(mean) - mean;
  for (let i = 2; i <= seen; i++) log -= Math.log(i);
  let term = Math.exp(log);
  let sum = 0;
  for (let k = seen + 1; term > 0 && k < seen + 500; k++) {
    sum += term;
    term *= mean / k;
    if (term < sum * 1e-9) break;
  }
  return Math.min(1, sum);
}
