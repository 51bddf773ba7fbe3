import type { AdapterGuide } from "../../core/adapters/adapter.ts";
import { ADAPTERS } from "../../core/adapters/index.ts";

/** What is not a JSON route and so is described by hand: the socket and the webhooks. */
const key = { name: "api_key", in: "query", required: false, schema: { type: "string" } };
const signature = {
  name: "X-Signature",
  in: "header",
  description: 'sha256=<hex HMAC-SHA256 over "{X-Timestamp}.{raw body}">',
  schema: { type: "string" },
};
const timestamp = {
  name: "X-Timestamp",
  in: "header",
  description: "unix seconds, within 300 s",
  schema: { type: "string" },
};
const errorContent = { "application/json": { schema: { $ref: "#/components/schemas/Error" } } };

function intake(summary: string, description: string) {
  return {
    post: {
      summary,
      description,
      tags: ["webhooks"],
      parameters: [key, signature, timestamp],
      requestBody: { required: true, content: { "application/json": { schema: {} } } },
      responses: {
        202: { description: "received: durable, with `alert_ids` and `results` by index" },
        200: { description: "duplicate: this delivery was taken before" },
        400: { description: "invalid_json", content: errorContent },
        401: { description: "invalid_api_key, invalid_signature, invalid_timestamp", content: errorContent },
        403: { description: "ip_not_allowed", content: errorContent },
        409: { description: "delivery_conflict", content: errorContent },
        413: { description: "payload_too_large", content: errorContent },
        422: { description: "validation_failed", content: errorContent },
        429: { description: "rate_limited, with Retry-After", content: errorContent },
      },
    },
  };
}

const replay = [
  { name: "since", in: "query", description: "replay after this seq", schema: { type: "integer" } },
  { name: "epoch", in: "query", description: "the epoch `since` belongs to", schema: { type: "string" } },
];

function stream(summary: string, description: string, more: object[] = []) {
  return {
    get: {
      summary,
      description,
      tags: ["live"],
      security: [{ session: [] }],
      parameters: [...replay, ...more],
      responses: { 101: { description: "switching protocols" } },
    },
  };
}

const native = [...ADAPTERS.values()].filter(({ tool }) => tool !== "alerts");

const intakeOf = ({ label, about, versions }: AdapterGuide) =>
  intake(label, `${about} Its own payloads, as they are: ${versions}.`);

export const PATHS_BY_HAND: Record<string, unknown> = {
  "/api/webhooks/alerts": intake(
    "Generic intake",
    "One alert or an array: asset_name, signature, severity, message, tool_source; optional asset_id, category, " +
      "status, timestamp, dedup_key, tags, links. The key may also come as X-API-Key or bearer token.",
  ),
  ...Object.fromEntries(native.map(({ tool, guide }) => [`/api/webhooks/${tool}`, intakeOf(guide)])),
  "/api/live": stream(
    "Live stream (WebSocket)",
    'Frames {seq, type, company_id, data}; `hello` comes first; "ping" is answered "pong".',
  ),
  "/api/portal/live": stream(
    "A company's live stream for its clients (WebSocket)",
    "As the live stream, with `incident_created` and `incident_updated` in the fields a client may see.",
    [{ name: "company_id", in: "query", description: "else the caller's first", schema: { type: "string" } }],
  ),
};
