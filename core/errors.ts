/** The closed list of error codes and the HTTP status each answers with. */
export const ERROR_STATUS = {
  invalid_json: 400,
  invalid_body: 400,
  unauthenticated: 401,
  invalid_credentials: 401,
  invalid_api_key: 401,
  invalid_signature: 401,
  invalid_timestamp: 401,
  totp_required: 401,
  forbidden: 403,
  ip_not_allowed: 403,
  topic_not_allowed: 403,
  bad_origin: 403,
  totp_enrolment_required: 403,
  email_unverified: 403,
  step_up_required: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  email_taken: 409,
  delivery_conflict: 409,
  precondition_failed: 412,
  payload_too_large: 413,
  validation_failed: 422,
  rate_limited: 429,
  too_many_failures: 429,
  internal: 500,
  unavailable: 503,
} as const;

export type ErrorCode = keyof typeof ERROR_STATUS;

export interface Failure {
  code: ErrorCode;
  /** One clear sentence for whoever sent the request. */
  detail: string;
  /** Path of a field -> what is wrong with it. */
  fields?: Record<string, string>;
  /** Whole seconds until a retry makes sense. */
  retry_after?: number;
  /** The current state, where a conflict is answered with it. */
  current?: unknown;
}

/** Objects answer values, never throw for what a caller did: an exception loses its type over RPC. */
export type Result<T> = { ok: true; value: T } | { ok: false; error: Failure };

export function ok<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function fail<T = never>(code: ErrorCode, detail: string, more: Partial<Failure> = {}): Result<T> {
  return { ok: false, error: { code, detail, ...more } };
}

/** The one answer for what does not exist and for what this caller may not know of. */
export function notFound(): Result<never> {
  return fail("not_found", "There is nothing here under that id.");
}
