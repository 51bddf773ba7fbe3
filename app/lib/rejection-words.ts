import type { Rejection } from "../../core/rejection.ts";
import { duration } from "./format.ts";

/** Error code -> what it means to whoever sets up a tool. */
const WORDS: Record<string, string> = {
  invalid_api_key: "Wrong key",
  invalid_signature: "Bad signature",
  invalid_timestamp: "Clock off or missing",
  ip_not_allowed: "Address not allowed",
  topic_not_allowed: "Amazon SNS topic",
  invalid_json: "Not JSON",
  invalid_body: "Unreadable body",
  validation_failed: "Not as the schema wants it",
  payload_too_large: "Too large",
  rate_limited: "Over the rate limit",
  delivery_conflict: "Id used for another body",
  too_many_failures: "Too many bad signatures",
};

export const rejectionTitle = (reason: string): string => WORDS[reason] ?? reason.replaceAll("_", " ");

/** By how much the sender's clock is off, or null where that is not known or nothing. */
export function clockWords({
  clock_skew_seconds: skew,
}: Pick<Rejection, "clock_skew_seconds">): string | null {
  if (!skew) return null;
  return `The sender’s clock is ${duration(Math.abs(skew))} ${skew > 0 ? "ahead" : "behind"}.`;
}
