import type { Delivery } from "../../durable-objects/rpc.ts";

const LONGEST = 256;

/**
 * The id of this delivery, never of an event: `X-Delivery-ID`, or `webhook-id` of Standard Webhooks senders,
 * who retry for up to 76 hours.
 */
export function deliveryIdOf(headers: Headers): Pick<Delivery, "delivery_id" | "delivery_ttl_hours"> {
  const own = headers.get("x-delivery-id")?.trim();
  if (own) return { delivery_id: own.slice(0, LONGEST), delivery_ttl_hours: 24 };
  const standard = headers.get("webhook-id")?.trim();
  return standard
    ? { delivery_id: standard.slice(0, LONGEST), delivery_ttl_hours: 77 }
    : { delivery_id: null, delivery_ttl_hours: 24 };
}
