import { afterEach, expect } from "vitest";
import { recordConsoleError, takeUnexpectedErrors } from "./console-errors.ts";

const original = console.error;

const asText = (value: unknown): string => {
  if (typeof value === "string") return value;
  if (value instanceof Error) return value.stack ?? value.message;
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return String(value);
  }
};

// The Worker and its objects run in the tests' own isolate, so their errors arrive here as well.
console.error = (...args: unknown[]): void => {
  recordConsoleError(args.map(asText).join(" "));
  original(...args);
};

afterEach(() => {
  expect(takeUnexpectedErrors(), "unexpected console.error").toEqual([]);
});
