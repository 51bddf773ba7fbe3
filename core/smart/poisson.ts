function logTerm(k: number, mean: number): number {
  let log = k * Math.log(mean) - mean;
  for (let i = 2; i <= k; i++) log -= Math.log(i);
  return log;
}

/**
 * Chance that a Poisson process with `mean` expected events shows at least `seen` of them, 0 to 1. Summed from
 * the side with the smaller sum, so that tiny chances keep their digits.
 */
export function poissonTail(seen: number, mean: number): number {
  if (seen <= 0) return 1;
  if (mean <= 0) return 0;
  let sum = 0;
  if (seen <= mean) {
    let term = Math.exp(logTerm(seen - 1, mean));
    for (let k = seen - 1; k >= 0 && term > sum * 1e-12; k--) {
      sum += term;
      term *= k / mean;
    }
    return 1 - sum;
  }
  let term = Math.exp(logTerm(seen, mean));
  for (let k = seen + 1; term > sum * 1e-12; k++) {
    sum += term;
    term *= mean / k;
  }
  return Math.min(1, sum);
}
