import { expect, it } from "vitest";
import { ERROR_STATUS, fail, ok } from "../../core/errors.ts";

it("answers every code with a status of its kind", () => {
  for (const [code, status] of Object.entries(ERROR_STATUS)) {
    expect(code).toMatch(/^[a-z_]+$/);
    expect(status).toBeGreaterThanOrEqual(400);
  }
  expect(ERROR_STATUS).toMatchObject({
    invalid_json: 400,
    invalid_api_key: 401,
    invalid_signature: 401,
    invalid_timestamp: 401,
    ip_not_allowed: 403,
    delivery_conflict: 409,
    payload_too_large: 413,
    validation_failed: 422,
    rate_limited: 429,
    unavailable: 503,
  });
});

it("is a value, so that it crosses to another object whole", () => {
  expect(ok(7)).toEqual({ ok: true, value: 7 });
  const failed = fail("conflict", "Too late.", { retry_after: 2 });
  expect(structuredClone(failed)).toEqual({
    ok: false,
    error: { code: "conflict", detail: "Too late.", retry_after: 2 },
  });
});
