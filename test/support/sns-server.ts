import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { SnsDelivery, type Subscription } from "./sns-delivery.ts";
import { snsSigner } from "./sns-signer.ts";

const NAMESPACE = "http://sns.amazonaws.com/doc/2010-03-31/";
const CONFIRM = new Set(["Action", "TopicArn", "Token", "Version", "AuthenticateOnUnsubscribe"]);
const AGAIN_MS = 200;
const CONFIRMED_WITHIN_MS = 15_000;

export interface SnsServer {
  /** What SNS_ENDPOINT_URL is to be. */
  url: string;
  topic(name: string, options?: { signatureVersion?: "1" | "2" }): string;
  /** Subscribes an address, which is sent a confirmation and nothing else until it has confirmed. */
  subscribe(topicArn: string, endpoint: string, options?: { raw?: boolean }): Promise<Subscription>;
  /** @throws when the subscription is not confirmed in time, with what the endpoint answered */
  untilConfirmed(subscription: Subscription): Promise<void>;
  /** To every confirmed subscription of the topic. @returns the endpoints' statuses */
  publish(topicArn: string, message: unknown, subject?: string): Promise<number[]>;
  /** What has gone over the wire, for tests that change it on the way. */
  delivery: SnsDelivery;
  /** Requests that AWS would have refused, as `status code path`. */
  refused: string[];
  /** How often the certificate was fetched. */
  certificates(): number;
  stop(): Promise<void>;
}

const xml = (response: ServerResponse, status: number, inner: string): void => {
  response.writeHead(status, { "content-type": "text/xml" });
  response.end(`<?xml version="1.0"?>\n${inner}`);
};

/**
 * Amazon SNS as a subscriber over HTTP meets it, with state: its own key and certificate, topics, subscriptions
 * that are pending until their own token comes back, and deliveries to those that are confirmed, tried again
 * as SNS does. What it is asked is held to the API: https://docs.aws.amazon.com/sns/latest/api/API_ConfirmSubscription.html
 */
export async function startSns(region = "eu-central-1", account = "418203957716"): Promise<SnsServer> {
  const host = `https://sns.${region}.amazonaws.com`;
  const signer = await snsSigner();
  const topics = new Map<string, "1" | "2">();
  const subscriptions: Subscription[] = [];
  const refused: string[] = [];
  let certificates = 0;
  const delivery = new SnsDelivery(signer, host);

  function refuse(
    request: IncomingMessage,
    response: ServerResponse,
    status: number,
    code: string,
    why: string,
  ) {
    refused.push(`${status} ${code} ${request.method} ${request.url}`);
    const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${why}</Message></Error>`;
    xml(response, status, `<ErrorResponse xmlns="${NAMESPACE}">${error}</ErrorResponse>`);
  }

  function confirm(request: IncomingMessage, response: ServerResponse, query: URLSearchParams) {
    const no = (status: number, code: string, why: string) => refuse(request, response, status, code, why);
    const arn = query.get("TopicArn") ?? "";
    const token = query.get("Token") ?? "";
    if ([...query.keys()].some((name) => !CONFIRM.has(name) || query.getAll(name).length > 1))
      return no(400, "ValidationError", "Unknown or repeated parameter");
    if (arn === "" || token === "") return no(400, "ValidationError", "A parameter is missing");
    if (!topics.has(arn)) return no(404, "NotFound", "Topic does not exist");
    const found = subscriptions.find((one) => one.topic === arn && one.token === token);
    if (!found) return no(400, "InvalidParameter", "Invalid parameter: Token");
    // The same token again answers the same.
    found.confirmed = true;
    const result = `<ConfirmSubscriptionResult><SubscriptionArn>${found.arn}</SubscriptionArn></ConfirmSubscriptionResult>`;
    const meta = `<ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata>`;
    xml(
      response,
      200,
      `<ConfirmSubscriptionResponse xmlns="${NAMESPACE}">${result}${meta}</ConfirmSubscriptionResponse>`,
    );
  }

  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", host);
    if (request.method !== "GET")
      return refuse(request, response, 405, "InvalidAction", "A subscriber has nothing to send here");
    if (pathname === signer.certPath && searchParams.size === 0) {
      certificates += 1;
      response.writeHead(200, { "content-type": "application/x-x509-ca-cert" }).end(signer.pem);
      return;
    }
    if (pathname !== "/") return refuse(request, response, 404, "NotFound", "No such page");
    if (searchParams.get("Action") !== "ConfirmSubscription")
      return refuse(request, response, 400, "InvalidAction", "The action is not valid for this endpoint");
    confirm(request, response, searchParams);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    delivery,
    refused,
    certificates: () => certificates,
    topic(name, { signatureVersion = "1" } = {}) {
      const arn = `arn:aws:sns:${region}:${account}:${name}`;
      topics.set(arn, signatureVersion);
      return arn;
    },
    async subscribe(topic, endpoint, { raw = false } = {}) {
      const version = topics.get(topic);
      if (!version) throw new Error(`there is no topic ${topic}`);
      const id = randomUUID();
      const token = randomUUID().replaceAll("-", "").repeat(4);
      const made = { arn: `${topic}:${id}`, topic, endpoint, token, raw, confirmed: false };
      subscriptions.push(made);
      await delivery.askToConfirm(made, version);
      return made;
    },
    async untilConfirmed(subscription) {
      const deadline = Date.now() + CONFIRMED_WITHIN_MS;
      while (!subscription.confirmed) {
        if (Date.now() > deadline)
          throw new Error(`${subscription.topic} was not confirmed; answered ${delivery.answers.join(", ")}`);
        await sleep(AGAIN_MS);
      }
    },
    async publish(topic, message, subject) {
      const version = topics.get(topic);
      if (!version) throw new Error(`there is no topic ${topic}`);
      const to = subscriptions.filter((one) => one.topic === topic && one.confirmed);
      return await delivery.notify(to, version, message, subject);
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
