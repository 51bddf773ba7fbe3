import type * as z from "zod";
import { ERROR_STATUS, type Failure, fail, type Result } from "../../core/errors.ts";
import { isDatabaseError } from "../db/database.ts";
import { describeError, log } from "../log.ts";

/** The one way from an error code to an HTTP answer. */
export function failureResponse(failure: Failure): Response {
  const { code, detail, fields, current, retry_after } = failure;
  const headers = new Headers();
  if (retry_after !== undefined) headers.set("Retry-After", String(Math.max(1, Math.ceil(retry_after))));
  return Response.json(
    { error: code, detail, ...(fields && { fields }), ...(current !== undefined && { current }) },
    { status: ERROR_STATUS[code], headers },
  );
}

/** Path of each wrong field -> what is wrong with it; a fault of the whole is under "body". */
export function invalid(error: z.ZodError): Result<never> {
  const fields: Record<string, string> = {};
  for (const issue of error.issues) {
    const path = issue.path.map(String).join(".") || "body";
    if (!Object.hasOwn(fields, path)) fields[path] = issue.message;
  }
  return fail("validation_failed", "Some fields are not right; `fields` says which and why.", { fields });
}

/** Overload and a restarting object pass by themselves. */
function isPassing(error: unknown): boolean {
  return (
    error instanceof Error && ("retryable" in error || "overloaded" in error || "durableObjectReset" in error)
  );
}

/** What an exception may tell: nothing of the inside, only whether to come back. */
export function unexpected(error: unknown, pattern: string): Failure {
  log("request_failed", { route: pattern, error: describeError(error) });
  if (isDatabaseError(error))
    return {
      code: "unavailable",
      detail: "The lists cannot be read at the moment. Intake and live updates go on; try again soon.",
      retry_after: 5,
    };
  if (isPassing(error))
    return { code: "unavailable", detail: "The service is busy. Try again in a moment.", retry_after: 1 };
  return { code: "internal", detail: "Something went wrong on our side. It was logged." };
}
