import { type AdapterItem, type AdapterResult, cut, isObject, readTime, text } from "./adapter.ts";
import { eventAlarm, snsAlarm } from "./aws-alarm.ts";
import { finding, health, instanceState, otherEvent } from "./aws-events.ts";
import { finish, listAt, objectAt } from "./fields.ts";

/** Lambda hands over one at a time; more is somebody's own collection. */
const RECORDS_MAX = 100;

/** A text that somebody published to the topic, in the words of its subject. */
function published(tool: string, envelope: Record<string, unknown>, words: string): AdapterItem {
  const subject = text(envelope, "Subject").trim();
  const title = subject || (words.trim().split("\n", 1)[0] ?? "");
  const topic = text(envelope, "TopicArn");
  return finish(
    {
      tool,
      status: "firing",
      asset: topic.split(":").at(-1) ?? "",
      signature: cut(title, 256),
      word: "",
      message: words,
      identity: [
        ["topic", cut(topic, 1024)],
        ["subject", cut(title, 256)],
      ],
      event_time: readTime(envelope.Timestamp),
      flags: ["guessed_asset", "guessed_status"],
      ...(/^\W*(this is a )?test\b/i.test(title) ? { test: true } : {}),
    },
    "Message",
  );
}

function eventItems(tool: string, event: Record<string, unknown>): AdapterItem[] {
  const kind = text(event, "detail-type");
  const source = text(event, "source");
  if (kind === "CloudWatch Alarm State Change") return [eventAlarm(tool, event)];
  if (kind === "GuardDuty Finding") return [finding(tool, event)];
  if (source === "aws.health") return health(tool, event);
  if (kind === "EC2 Instance State-change Notification") return [instanceState(tool, event)];
  return [otherEvent(tool, event)];
}

function inner(tool: string, body: Record<string, unknown>): AdapterResult | null {
  if (text(body, "AlarmName")) return { items: [snsAlarm(tool, body)], many: false };
  if (text(body, "detail-type") || isObject(body.detail)) {
    const items = eventItems(tool, body);
    return { items, many: items.length > 1 };
  }
  return null;
}

/**
 * An alarm, an event, or a text, bare or inside SNS's envelope, on whichever of the two routes it comes: one
 * topic may carry them all. The envelope's signature is the Worker's to check.
 */
export function parseAws(tool: string, body: unknown): AdapterResult {
  const unknown = {
    detail: "This is neither a CloudWatch alarm nor an EventBridge event, bare or inside an SNS message.",
    fields: { Message: "holds no AlarmName and no detail-type" },
  };
  if (!isObject(body)) return unknown;
  // As AWS Lambda gets it, which a function of the customer's own may hand on.
  const records = listAt(body, "Records").flatMap((record) => {
    const message = objectAt(record, "Sns");
    return Object.keys(message).length > 0 ? [message] : [];
  });
  if (records.length > 0) {
    const read = records.slice(0, RECORDS_MAX).map((message) => parseAws(tool, message));
    return {
      items: read.flatMap((one) => ("items" in one ? one.items : { fields: one.fields })),
      many: true,
    };
  }
  if (typeof body.Message === "string") {
    let value: unknown;
    try {
      value = JSON.parse(body.Message);
    } catch {
      value = null;
    }
    const found = isObject(value) ? inner(tool, value) : null;
    return found ?? { items: [published(tool, body, body.Message)], many: false };
  }
  return inner(tool, isObject(body.Message) ? body.Message : body) ?? unknown;
}
