import { isObject, text } from "../../../core/adapters/adapter.ts";
import { type Failure, fail, ok, type Result } from "../../../core/errors.ts";
import { fingerprint } from "../../../core/fingerprint.ts";
import { snsHostOf } from "../../../core/sns.ts";
import { companyStub } from "../../company-stub.ts";
import type { Env } from "../../env.ts";
import type { VerifiedKey } from "../../keys.ts";
import { json } from "../answers.ts";
import { type OpenPolicy, reread } from "../policy-cache.ts";
import { confirmSubscription, subscribeUrl } from "./confirm.ts";
import { readSnsMessage, type SnsMessage } from "./message.ts";
import { verifySns } from "./verify.ts";

const ROUTES = new Set(["cloudwatch", "eventbridge"]);
/** What says that a request is SNS's, before its body is read. */
const TYPE_HEADER = "x-amz-sns-message-type";

/** Such a request needs no HMAC: `throughSns` lets it pass by AWS's signature alone. */
export function claimsSns(request: Request, tool: string): boolean {
  return ROUTES.has(tool) && request.headers.has(TYPE_HEADER);
}

/** `concernsSns` spares every other alert the rest. */
export function concernsSns(tool: string, body: unknown): boolean {
  return ROUTES.has(tool) || (isObject(body) && typeof body.TopicArn === "string");
}

/** How the delivery is known when it comes again. */
export interface Arrived {
  delivery_id: string | null;
  /** Of what AWS signed; undefined: of the body. */
  body_hash?: string;
  /** null: it came without SNS. */
  topic: string | null;
}

interface Sent {
  request: Request;
  env: Env;
  tool: string;
  key: VerifiedKey;
  policy: OpenPolicy;
  /** It carries a good HMAC of the company's own. */
  signed: boolean;
  ip: string;
}

/** An answer that is final, with what the company's people should be told. */
export interface Settled {
  response: Response;
  notice: Failure | null;
}

const RAW: Failure = {
  code: "validation_failed",
  detail:
    "The SNS subscription has raw message delivery on, which carries no signature. Turn it off: in SNS, open the subscription, Edit, Enable raw message delivery.",
};

export const topicRefused = (topic: string) =>
  fail<never>(
    "topic_not_allowed",
    `The topic ${topic} is not among those allowed for this company; allow it under Security.`,
  );

/** Whether the topic may deliver here: from the policy, or else as the company's object says. */
async function admitted(sent: Sent, message: SnsMessage, url: URL | null): Promise<Result<null>> {
  const { env, key, policy } = sent;
  const allowed = (of: OpenPolicy | null) => of?.sns_topics?.includes(message.topic) ?? false;
  if (allowed(policy) && !url) return ok(null);
  const answer = await companyStub(env, key.company_id).topicArrives({
    key_hash: key.key_hash,
    ip: sent.ip,
    arn: message.topic,
    subscribe_url: url?.href ?? null,
  });
  if (answer === "allowed") {
    await reread(env, policy);
    return ok(null);
  }
  if (answer === "unknown_key") return fail("invalid_api_key", "The API key is missing, unknown or revoked.");
  return topicRefused(message.topic);
}

async function confirmation(sent: Sent, message: SnsMessage): Promise<Result<Settled>> {
  const url = subscribeUrl(message.subscribe_url, message.topic);
  if (!url) return fail("validation_failed", "SubscribeURL does not confirm a subscription of this topic.");
  const allowed = await admitted(sent, message, url);
  if (!allowed.ok) {
    if (allowed.error.code !== "topic_not_allowed") return allowed;
    // Taken in: allowing the topic confirms it, and SNS need not ask again.
    const response = json(202, { status: "waiting", detail: allowed.error.detail });
    return ok({ response, notice: allowed.error });
  }
  if (!(await confirmSubscription(sent.env, url)))
    return fail("unavailable", "SNS did not confirm the subscription. Send it again.", { retry_after: 5 });
  return ok({ response: json(200, { status: "confirmed", topic: message.topic }), notice: null });
}

/**
 * What SNS sends: null where the request is not SNS's and may pass as it is, the delivery where a message was
 * signed by AWS and its topic is allowed, or the answer to a (un)subscription. All else is refused.
 */
export async function throughSns(sent: Sent, body: unknown): Promise<Result<Arrived | Settled | null>> {
  const { request, env, tool } = sent;
  const message = readSnsMessage(body);
  if (!ROUTES.has(tool)) {
    if (!message?.cert_url) return ok(null);
    return fail(
      "validation_failed",
      "This is a message of Amazon SNS. Subscribe the topic to this company's cloudwatch or eventbridge address instead.",
    );
  }
  if (request.headers.get("x-amz-sns-rawdelivery") === "true") return { ok: false, error: RAW };
  if (!message) {
    if (!request.headers.has(TYPE_HEADER) && (tool === "eventbridge" || sent.signed))
      return ok({ delivery_id: eventIdOf(tool, body), topic: null });
    return fail("invalid_signature", "This address takes messages that Amazon SNS has signed; this is none.");
  }
  if (!snsHostOf(message.topic)) return fail("validation_failed", "TopicArn is no SNS topic.");
  const good = await verifySns(env, message, Date.now());
  if (!good.ok) return good;
  if (message.type === "SubscriptionConfirmation") return confirmation(sent, message);
  const allowed = await admitted(sent, message, null);
  if (!allowed.ok) return allowed;
  if (message.type === "UnsubscribeConfirmation") {
    const detail = `Somebody unsubscribed this address from ${message.topic}: nothing comes from there any more.`;
    return ok({
      response: json(200, { status: "unsubscribed" }),
      notice: { code: "topic_not_allowed", detail },
    });
  }
  const hash = fingerprint(new TextEncoder().encode(message.signed));
  return ok({ delivery_id: `sns:${message.id.slice(0, 200)}`, body_hash: hash, topic: message.topic });
}

/** EventBridge's own id of a delivery that comes without SNS; its retries keep it. */
function eventIdOf(tool: string, body: unknown): string | null {
  if (tool !== "eventbridge" || !isObject(body)) return null;
  const id = text(body, "id");
  return /^[0-9a-f-]{36}$/i.test(id) ? `event:${id}` : null;
}
