import { fail, ok, type Result } from "../core/errors.ts";
import type { RateLimit } from "../core/settings.ts";
import type { Env } from "./env.ts";

/** Customers set a company's rate, the operator how far it may go. `at` is where the group lies in the body. */
export function withinOperatorLimit(value: RateLimit, env: Env, at = ""): Result<null> {
  const max = Number(env.RATE_LIMIT_MAX);
  if (value.requests_per_minute <= max) return ok(null);
  return fail("validation_failed", `This service allows at most ${max} requests a minute.`, {
    fields: { [`${at}requests_per_minute`]: `at most ${max}` },
  });
}
