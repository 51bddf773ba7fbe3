/** Whether no row stands before one that it should follow. */
export function inOrder<T>(rows: readonly T[], compare: (a: T, b: T) => number): boolean {
  return rows.every((row, index) => {
    const before = rows[index - 1];
    return before === undefined || compare(before, row) <= 0;
  });
}
