import type { Adapter, AdapterItem } from "../../core/adapters/adapter.ts";
import { ERROR_STATUS, type Failure } from "../../core/errors.ts";
import type { AcceptAnswer } from "../../durable-objects/rpc.ts";

const JSON_TYPE = { "content-type": "application/json; charset=utf-8", "cache-control": "no-store" };
/** Made once: on the way of an alert, building headers costs as much as checking its schema. */
const JSON_HEADERS = new Headers(JSON_TYPE);

export function json(status: number, body: unknown, more?: Record<string, string>): Response {
  const headers = more ? { ...JSON_TYPE, ...more } : JSON_HEADERS;
  return new Response(JSON.stringify(body), { status, headers });
}

export function refusal(failure: Failure): Response {
  const { code, detail, fields, retry_after } = failure;
  const headers: Record<string, string> =
    retry_after === undefined ? {} : { "retry-after": String(retry_after) };
  if (code === "method_not_allowed") headers.allow = "POST";
  return json(ERROR_STATUS[code], { error: code, detail, ...(fields ? { fields } : {}) }, headers);
}

/** A full bucket. Tools that retry only on 5xx get 503, so that their alert comes again. */
export function rateLimited(
  adapter: Adapter,
  d: { retry_after: number; limit: number; burst: number },
): Response {
  const status = adapter.retriesOnlyOn5xx ? 503 : 429;
  return json(
    status,
    {
      error: "rate_limited",
      detail: `More than ${d.limit} requests a minute; nothing was taken in. Send it again in ${d.retry_after} s.`,
      retry_after_seconds: d.retry_after,
      backoff_policy:
        "Wait retry_after_seconds, then double the wait on each refusal up to 5 minutes, with jitter.",
    },
    {
      "retry-after": String(d.retry_after),
      "x-ratelimit-limit": String(d.limit),
      "x-ratelimit-burst": String(d.burst),
    },
  );
}

/** Field errors of all items, the index before the field where the body holds many. */
export function fieldsOf(items: AdapterItem[], many: boolean): Record<string, string> {
  const all: [string, string][] = [];
  items.forEach((item, i) => {
    if (!("fields" in item) || all.length >= 100) return;
    for (const [name, wrong] of Object.entries(item.fields)) all.push([many ? `${i}.${name}` : name, wrong]);
  });
  return Object.fromEntries(all);
}

/** The object's ids put back at the places of the body; refused alerts keep null. */
function spread(items: AdapterItem[], ids: (string | null)[]): (string | null)[] {
  let next = 0;
  return items.map((item) => ("alert" in item ? (ids[next++] ?? null) : null));
}

export function received(
  items: AdapterItem[],
  answer: Extract<AcceptAnswer, { kind: "received" }>,
): Response {
  const alert_ids = spread(items, answer.alert_ids);
  let next = 0;
  const results = items.map((item, index) =>
    "alert" in item
      ? {
          index,
          status: "received",
          alert_id: alert_ids[index] ?? null,
          outcome: answer.outcomes[next++],
          flags: item.alert.flags,
        }
      : { index, status: "rejected", alert_id: null, error: "validation_failed", fields: item.fields },
  );
  return json(202, {
    status: "received",
    alert_id: alert_ids.find((id) => id !== null) ?? null,
    alert_ids,
    results,
  });
}

export function duplicate(
  items: AdapterItem[],
  answer: Extract<AcceptAnswer, { kind: "duplicate" }>,
): Response {
  const alert_ids = spread(items, answer.alert_ids);
  return json(200, { status: "duplicate", alert_id: alert_ids.find((id) => id !== null) ?? null, alert_ids });
}
