import { createHash } from "node:crypto";
import type { Delivery } from "../../durable-objects/rpc.ts";

const LONGEST = 256;

/** A longer id is kept by its hash: cut, two that differ late would be one. */
function bounded(id: string): string {
  return id.length <= LONGEST ? id : `sha256:${createHash("sha256").update(id).digest("hex")}`;
}

/**
 * The id of this delivery, never of an event: `X-Delivery-ID`, or `webhook-id` of Standard Webhooks senders,
 * who retry for up to 76 hours.
 */
export function deliveryIdOf(headers: Headers): Pick<Delivery, "delivery_id" | "delivery_ttl_hours"> {
  const own = headers.get("x-delivery-id")?.trim();
  if (own) return { delivery_id: bounded(own), delivery_ttl_hours: 24 };
  const standard = headers.get("webhook-id")?.trim();
  return standard
    ? { delivery_id: bounded(standard), delivery_ttl_hours: 77 }
    : { delivery_id: null, delivery_ttl_hours: 24 };
}
