import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Envelope, SnsSigner } from "./sns-signer.ts";

export interface Subscription {
  arn: string;
  topic: string;
  endpoint: string;
  token: string;
  /** Raw message delivery: the message alone, unsigned. */
  raw: boolean;
  confirmed: boolean;
}

/** SNS gives an endpoint so long. */
const ANSWER_WITHIN_MS = 15_000;
const TRIES = 3;
const AGAIN_MS = 300;

/** The posts of SNS to its subscribers: https://docs.aws.amazon.com/sns/latest/dg/sns-http-https-endpoint-as-subscriber.html */
export class SnsDelivery {
  /** Status of each try, in order; 0: no answer. */
  readonly answers: number[] = [];
  /** The body of the latest answer. */
  lastBody = "";
  /** Changes an envelope after it was signed, as somebody on the way would. */
  onTheWay: (envelope: Envelope) => Envelope = (envelope) => envelope;
  private signer: SnsSigner;
  private host: string;

  constructor(signer: SnsSigner, host: string) {
    this.signer = signer;
    this.host = host;
  }

  /** @returns the endpoint's status */
  async askToConfirm(to: Subscription, version: "1" | "2"): Promise<number> {
    const query = new URLSearchParams({ Action: "ConfirmSubscription", TopicArn: to.topic, Token: to.token });
    const signed = await this.signer.signed(
      {
        Type: "SubscriptionConfirmation",
        MessageId: randomUUID(),
        TopicArn: to.topic,
        Token: to.token,
        Message: `You have chosen to subscribe to the topic ${to.topic}.\nTo confirm the subscription, visit the SubscribeURL included in this message.`,
        SubscribeURL: `${this.host}/?${query}`,
        Timestamp: new Date().toISOString(),
      },
      version,
      this.host,
    );
    return await this.post(to, this.onTheWay(signed));
  }

  /** One message to each of them, under one id. @returns their statuses */
  async notify(
    to: Subscription[],
    version: "1" | "2",
    message: unknown,
    subject?: string,
  ): Promise<number[]> {
    const signed = await this.signer.signed(
      {
        Type: "Notification",
        MessageId: randomUUID(),
        TopicArn: to[0]?.topic ?? "",
        ...(subject === undefined ? {} : { Subject: subject }),
        Message: typeof message === "string" ? message : JSON.stringify(message),
        Timestamp: new Date().toISOString(),
      },
      version,
      this.host,
    );
    const each = to.map((one) => {
      const query = new URLSearchParams({ Action: "Unsubscribe", SubscriptionArn: one.arn });
      return this.post(one, this.onTheWay({ ...signed, UnsubscribeURL: `${this.host}/?${query}` }));
    });
    return await Promise.all(each);
  }

  /** Tried again where the endpoint is away or busy, never where it refused. */
  private async post(to: Subscription, envelope: Envelope): Promise<number> {
    const raw = to.raw && envelope.Type === "Notification";
    const headers: Record<string, string> = {
      "content-type": "text/plain; charset=UTF-8",
      "user-agent": "Amazon Simple Notification Service Agent",
      "x-amz-sns-message-type": envelope.Type ?? "",
      "x-amz-sns-message-id": envelope.MessageId ?? "",
      "x-amz-sns-topic-arn": envelope.TopicArn ?? "",
      ...(envelope.Type === "Notification" ? { "x-amz-sns-subscription-arn": to.arn } : {}),
      ...(raw ? { "x-amz-sns-rawdelivery": "true" } : {}),
    };
    const body = raw ? envelope.Message : JSON.stringify(envelope, null, 2);
    for (let tries = 1; ; tries++) {
      const status = await this.once(to.endpoint, headers, body ?? "");
      this.answers.push(status);
      const busy = status === 0 || status === 429 || status >= 500;
      if (!busy || tries === TRIES) return status;
      await sleep(AGAIN_MS * tries);
    }
  }

  private async once(endpoint: string, headers: Record<string, string>, body: string): Promise<number> {
    try {
      const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
      const answer = await fetch(endpoint, { method: "POST", headers, body, redirect: "manual", signal });
      this.lastBody = await answer.text();
      return answer.status;
    } catch {
      return 0;
    }
  }
}
