/** What was written to console.error since the running test began. */
const seen: string[] = [];
const expected: RegExp[] = [];

export const recordConsoleError = (line: string): void => {
  seen.push(line);
};

/** Call inside a test that provokes an error on purpose: lines that match no longer fail it. */
export const expectConsoleError = (pattern: RegExp): void => {
  expected.push(pattern);
};

/** Empties the record. @returns the lines that no pattern expected */
export const takeUnexpectedErrors = (): string[] => {
  const unexpected = seen.filter((line) => !expected.some((pattern) => pattern.test(line)));
  seen.length = 0;
  expected.length = 0;
  return unexpected;
};
