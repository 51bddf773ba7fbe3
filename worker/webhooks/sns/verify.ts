import { fail, ok, type Result } from "../../../core/errors.ts";
import type { Env } from "../../env.ts";
import { signingKey } from "./certificate.ts";
import type { SnsMessage } from "./message.ts";

const HOUR_MS = 3_600_000;
const AHEAD_MS = 5 * 60_000;

/** SNS keeps MessageId and Timestamp when it sends again, and gives up within the hour. */
function inTime(timestamp: string, now: number): boolean {
  const at = Date.parse(timestamp);
  return at > now - HOUR_MS && at < now + AHEAD_MS;
}

/** Whether AWS signed this message, within the hour. @param now epoch ms */
export async function verifySns(env: Env, message: SnsMessage, now: number): Promise<Result<null>> {
  if (!inTime(message.timestamp, now))
    return fail("invalid_timestamp", "The Timestamp of the SNS message is not of the last hour.");
  const key = await signingKey(env, message.cert_url, message.version, now);
  if (!key.ok) return key;
  const signature = Buffer.from(message.signature, "base64");
  const signed = new TextEncoder().encode(message.signed);
  const good = await crypto.subtle.verify("RSASSA-PKCS1-v1_5", key.value, signature, signed);
  return good ? ok(null) : fail("invalid_signature", "The signature of the SNS message is wrong.");
}
