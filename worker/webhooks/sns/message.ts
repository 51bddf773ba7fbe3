import { isObject, text } from "../../../core/adapters/adapter.ts";

const TYPES = ["Notification", "SubscriptionConfirmation", "UnsubscribeConfirmation"] as const;

/** SNS's envelope: https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html */
export interface SnsMessage {
  type: (typeof TYPES)[number];
  id: string;
  topic: string;
  /** As it was signed. */
  timestamp: string;
  version: string;
  signature: string;
  cert_url: string;
  subscribe_url: string;
  token: string;
  /** What the signature is over. */
  signed: string;
}

const OF_NOTIFICATION = ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"];
const OF_CONFIRMATION = ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"];

/** null for what is no envelope. Which fields are signed: .../dg/sns-verify-signature-of-message.html */
export function readSnsMessage(body: unknown): SnsMessage | null {
  if (!isObject(body) || typeof body.Message !== "string" || typeof body.TopicArn !== "string") return null;
  const type = TYPES.find((known) => known === body.Type);
  if (!type || typeof body.MessageId !== "string") return null;
  const names = type === "Notification" ? OF_NOTIFICATION : OF_CONFIRMATION;
  const given = names.filter((name) => typeof body[name] === "string");
  return {
    type,
    id: body.MessageId,
    topic: body.TopicArn,
    timestamp: text(body, "Timestamp"),
    version: text(body, "SignatureVersion"),
    signature: text(body, "Signature"),
    cert_url: text(body, "SigningCertURL") || text(body, "SigningCertUrl"),
    subscribe_url: text(body, "SubscribeURL"),
    token: text(body, "Token"),
    signed: given.map((name) => `${name}\n${body[name]}\n`).join(""),
  };
}
