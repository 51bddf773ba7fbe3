import { API } from "./addresses.ts";

const encoder = new TextEncoder();

/** @returns lower-case hex HMAC-SHA256 over `"{timestamp}.{raw body}"` */
export async function signatureOf(secret: string, timestamp: number, body: Uint8Array): Promise<string> {
  const key = await crypto.subtle.importKey(
    "raw",
    encoder.encode(secret),
    { name: "HMAC", hash: "SHA-256" },
    false,
    ["sign"],
  );
  const head = encoder.encode(`${timestamp}.`);
  const data = new Uint8Array(head.length + body.length);
  data.set(head);
  data.set(body, head.length);
  const mac = new Uint8Array(await crypto.subtle.sign("HMAC", key, data));
  return Array.from(mac, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export interface WebhookKeys {
  api_key: string;
  hmac_secret: string;
}

export interface DeliveryOptions {
  /** "alerts" (default) or a tool, for example "alertmanager". */
  route?: string;
  deliveryId?: string;
  /** Unix seconds; default now. */
  timestamp?: number;
  /** Added last, so they can also replace a good header by a bad one. */
  headers?: Record<string, string>;
  /** Leaves signature and timestamp out. */
  unsigned?: boolean;
  origin?: string;
}

/** A webhook request as a sender makes it: signed over the very bytes that are sent. */
export async function signedRequest(
  keys: WebhookKeys,
  payload: unknown,
  options: DeliveryOptions = {},
): Promise<Request> {
  const body =
    payload instanceof Uint8Array
      ? payload
      : encoder.encode(typeof payload === "string" ? payload : JSON.stringify(payload));
  const timestamp = options.timestamp ?? Math.floor(Date.now() / 1000);
  const headers = new Headers({
    "content-type": "application/json",
    "x-delivery-id": options.deliveryId ?? crypto.randomUUID(),
  });
  if (!options.unsigned) {
    headers.set("x-timestamp", String(timestamp));
    headers.set("x-signature", `sha256=${await signatureOf(keys.hmac_secret, timestamp, body)}`);
  }
  for (const [name, value] of Object.entries(options.headers ?? {})) headers.set(name, value);
  const url = new URL(`/api/webhooks/${options.route ?? "alerts"}`, options.origin ?? API);
  url.searchParams.set("api_key", keys.api_key);
  return new Request(url, { method: "POST", headers, body: new Uint8Array(body) });
}
