/** Steps that all expressions over one body may take together: some hundred milliseconds at the worst. */
const WORK_MAX = 5_000_000;

/** Thrown where a mapping asks for too much work; whoever runs the mapping turns it into a field error. */
export class TooMuchWork extends Error {}

/** What is left of the work that one body may cause. */
export class Work {
  private left: number;

  constructor(steps = WORK_MAX) {
    this.left = steps;
  }

  spend(steps: number): void {
    this.left -= steps;
    if (this.left < 0) throw new TooMuchWork();
  }
}
