import { SELF } from "cloudflare:test";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Alert } from "../../core/alert.ts";
import type { IncidentDetail } from "../../core/incident.ts";
import type { Rejection } from "../../core/rejection.ts";
import type { SnsTopics } from "../../core/sns.ts";
import { eventually } from "../support/eventually.ts";
import { freshTenant, type TestTenant } from "../support/fresh-tenant.ts";
import { read } from "../support/payloads.ts";
import { signedRequest } from "../support/signing.ts";
import { type Envelope, SNS_HOST, type StandInSns, standInSns, topicArn } from "../support/stand-in-sns.ts";

const TOPIC = topicArn("alarms");
const alarm = (state = "ALARM", name = "quay-cpu") => ({
  AlarmName: name,
  AlarmDescription: "severity: high",
  AWSAccountId: "418203957716",
  AlarmArn: `arn:aws:cloudwatch:eu-central-1:418203957716:alarm:${name}`,
  NewStateValue: state,
  NewStateReason: "Threshold Crossed",
  StateChangeTime: new Date().toISOString(),
  Trigger: {
    Namespace: "AWS/EC2",
    MetricName: "CPUUtilization",
    Dimensions: [{ name: "InstanceId", value: "i-0a1b" }],
  },
});

/** AWS is the stand-in; whatever else is asked for fails the test. */
function online(sns: StandInSns): StandInSns {
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
    const { url } = new Request(input as RequestInfo, init as RequestInit);
    if (!url.startsWith(`${SNS_HOST}/`)) throw new Error(`asked for ${url}`);
    return sns.answer(url);
  });
  return sns;
}
afterEach(() => vi.restoreAllMocks());

const HEADERS = { "content-type": "text/plain; charset=UTF-8", "x-delivery-id": "" };
const sender = ({ company }: TestTenant) =>
  function send(envelope: Envelope, route = "cloudwatch", headers: Record<string, string> = {}) {
    const type = { "x-amz-sns-message-type": envelope.Type ?? "" };
    return read(
      company.post(envelope, { route, unsigned: true, headers: { ...HEADERS, ...type, ...headers } }),
    );
  };
const topicsOf = async ({ api, company }: TestTenant) =>
  (await api(`/api/companies/${company.company.id}/sns-topics`)).json<SnsTopics>();
const change = ({ api, company }: TestTenant, json: unknown) =>
  api(`/api/companies/${company.company.id}/sns-topics`, { method: "PATCH", json });

async function subscribed() {
  const tenant = await freshTenant();
  const sns = online(await standInSns());
  const send = sender(tenant);
  expect((await send(await sns.subscribe(TOPIC))).code).toBe(200);
  return { tenant, sns, send };
}

describe("a subscription of SNS", () => {
  it("confirms itself, and its alarms open and resolve", async () => {
    const { tenant, sns, send } = await subscribed();
    expect(sns.confirmed(TOPIC)).toBe(1);
    const topics = await topicsOf(tenant);
    expect(topics.items).toMatchObject([
      { arn: TOPIC, state: "allowed", by: expect.stringMatching(/^API key /) },
    ]);

    const fired = await send(await sns.notify(TOPIC, alarm(), { Subject: "ALARM: größe" }));
    expect([fired.code, fired.body.results[0]?.outcome]).toEqual([202, "opened"]);
    const alert = await (await tenant.api(`/api/alerts/${fired.body.alert_id}`)).json<Alert>();
    expect(alert).toMatchObject({ tool_source: "cloudwatch", severity: "high", asset_name: "i-0a1b" });
    const silent = await send(await sns.notify(TOPIC, alarm("INSUFFICIENT_DATA")));
    expect([silent.code, silent.body.results[0]?.outcome]).toEqual([202, "noted"]);
    const over = await send(await sns.notify(TOPIC, alarm("OK"), {}, "1"));
    expect([over.code, over.body.alert_id]).toEqual([202, fired.body.alert_id]);
    const incident = await (await tenant.api(`/api/incidents/${alert.incident_id}`)).json<IncidentDetail>();
    expect(incident.alerts[0]).toMatchObject({ status: "resolved" });
    expect(sns.fetched.filter((url) => url.endsWith(".pem"))).toHaveLength(1);
  });

  it("needs the key, and is not believed without AWS's signature though the tool may go unsigned", async () => {
    const { tenant, sns, send } = await subscribed();
    const { code } = await sender(await freshTenant())(await sns.notify(TOPIC, alarm()));
    expect(code).toBe(403);
    const wrong = { headers: HEADERS, unsigned: true, route: "cloudwatch" };
    const stranger = { api_key: "aw_wrong", hmac_secret: "x" };
    const keyless = await SELF.fetch(await signedRequest(stranger, await sns.subscribe(TOPIC), wrong));
    expect(keyless.status).toBe(401);
    const good = await sns.notify(TOPIC, alarm());
    const bare = await send(alarm() as unknown as Envelope);
    expect([bare.code, bare.body.error]).toEqual([401, "invalid_signature"]);
    const tampered = await send({ ...good, Message: JSON.stringify(alarm("OK")) });
    expect([tampered.code, tampered.body.error]).toEqual([401, "invalid_signature"]);
    const removed = await change(tenant, { arn: TOPIC, allowed: false });
    expect(removed.status).toBe(200);
    const gone = await send(await sns.notify(TOPIC, alarm()));
    expect([gone.code, gone.body.error]).toEqual([403, "topic_not_allowed"]);
  });

  it("of a further topic waits, and allowing it confirms it", async () => {
    const { tenant, sns, send } = await subscribed();
    const second = topicArn("second");
    const asked = await send(await sns.subscribe(second));
    expect([asked.code, asked.body.status, sns.confirmed(second)]).toEqual([202, "waiting", 0]);
    expect((await send(await sns.notify(second, alarm()))).code).toBe(403);
    expect((await topicsOf(tenant)).items[0]).toMatchObject({ arn: second, state: "waiting" });
    const allowed = await (await change(tenant, { arn: second, allowed: true })).json<{
      confirmed: boolean;
    }>();
    expect([allowed.confirmed, sns.confirmed(second)]).toEqual([true, 1]);
    expect((await send(await sns.notify(second, alarm()))).code).toBe(202);

    expect((await change(tenant, { accept_new: true })).status).toBe(200);
    const third = topicArn("third");
    expect([(await send(await sns.subscribe(third))).code, sns.confirmed(third)]).toEqual([200, 1]);
  });

  it("is never confirmed anywhere but at SNS in the topic's region", async () => {
    const tenant = await freshTenant();
    const sns = online(await standInSns());
    const query = `?Action=ConfirmSubscription&TopicArn=${TOPIC}&Token=1`;
    const elsewhere = [
      `http://sns.eu-central-1.amazonaws.com/${query}`,
      `https://sns.us-east-1.amazonaws.com/${query}`,
      `https://sns.eu-central-1.amazonaws.com.evil.example/${query}`,
      `https://me@sns.eu-central-1.amazonaws.com/${query}`,
      `https://sns.eu-central-1.amazonaws.com:8443/${query}`,
      `https://169.254.169.254/${query}`,
      `https://sns.eu-central-1.amazonaws.com/?Action=Publish&TopicArn=${TOPIC}&Token=1`,
      `https://sns.eu-central-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=${topicArn("x")}&Token=1`,
    ];
    for (const SubscribeURL of elsewhere) {
      const { code } = await sender(tenant)(await sns.subscribe(TOPIC, { SubscribeURL }));
      expect([SubscribeURL, code]).toEqual([SubscribeURL, 422]);
    }
    expect(sns.fetched.filter((url) => !url.endsWith(".pem"))).toEqual([]);
    expect((await topicsOf(tenant)).items).toEqual([]);
  });

  it("that somebody ended is told to the company's people", async () => {
    const { tenant, sns, send } = await subscribed();
    expect((await send(await sns.unsubscribe(TOPIC))).code).toBe(200);
    await eventually(async () => {
      const path = `/api/companies/${tenant.company.company.id}/rejections`;
      const { items } = await (await tenant.api(path)).json<{ items: Rejection[] }>();
      expect(items[0]?.detail).toContain("unsubscribed");
    });
    expect(sns.confirmed(TOPIC)).toBe(1);
  });
});

describe("a message of SNS", () => {
  it("is taken once, however often it comes", async () => {
    const { sns, send } = await subscribed();
    const message = await sns.notify(TOPIC, alarm());
    const [first, again] = [await send(message), await send(message)];
    expect([first.code, again.code, again.body.status]).toEqual([202, 200, "duplicate"]);
    const reused = await sns.notify(TOPIC, alarm("OK"), { MessageId: message.MessageId ?? "" });
    expect((await send(reused)).code).toBe(409);
  });

  it("is refused with a certificate from anywhere but AWS, without asking for it", async () => {
    const { sns, send } = await subscribed();
    const asked = sns.fetched.length;
    const good = await sns.notify(TOPIC, alarm());
    const path = new URL(good.SigningCertURL ?? "").pathname;
    const bad = [
      `http://sns.eu-central-1.amazonaws.com${path}`,
      `https://sns.eu-central-1.amazonaws.com.evil.example${path}`,
      `https://evil.example/sns.eu-central-1.amazonaws.com${path}`,
      `https://sns.eu-central-1.amazonaws.com@evil.example${path}`,
      `https://xsns.eu-central-1.amazonaws.com${path}`,
      `https://sns.eu-central-1.amazonaws.com/x/..${path}`,
      `https://sns.eu-central-1.amazonaws.com/x${path}`,
      `https://sns.eu-central-1.amazonaws.com${path}?x=1`,
      `https://bucket.s3.amazonaws.com${path}`,
      `https://sns.eu-central-1.amazonaws.com:444${path}`,
      "",
    ];
    for (const SigningCertURL of bad) {
      const { code, body } = await send({ ...good, SigningCertURL });
      expect([SigningCertURL, code, body.error]).toEqual([SigningCertURL, 401, "invalid_signature"]);
    }
    expect(sns.fetched.length).toBe(asked);
  });

  it("is refused when its certificate has ended, is not yet valid or is another's, or is a redirect", async () => {
    const { tenant, sns, send } = await subscribed();
    const day = 86_400_000;
    for (const identity of [
      { to: Date.now() - 1000 },
      { from: Date.now() + day },
      { cn: "sns.amazonaws.com.evil.example" },
      { cn: "evil.example" },
    ]) {
      vi.restoreAllMocks();
      const other = online(await standInSns(identity));
      const { code } = await send(await other.notify(TOPIC, alarm()));
      expect([JSON.stringify(identity), code]).toEqual([JSON.stringify(identity), 401]);
    }
    vi.restoreAllMocks();
    const fresh = online(await standInSns());
    fresh.redirectTo("https://169.254.169.254/latest/meta-data");
    expect((await send(await fresh.notify(TOPIC, alarm()))).code).toBe(503);
    expect(fresh.fetched).toHaveLength(1);
    expect(sns.confirmed(TOPIC)).toBe(1);
    expect((await topicsOf(tenant)).items).toHaveLength(1);
  });

  it("is refused old, from the future, raw, of an unknown version, or at another tool's address", async () => {
    const { sns, send } = await subscribed();
    const at = (ms: number) => ({ Timestamp: new Date(Date.now() + ms).toISOString() });
    for (const ms of [-3_700_000, 600_000]) {
      const { code, body } = await send(await sns.notify(TOPIC, alarm(), at(ms)));
      expect([code, body.error]).toEqual([401, "invalid_timestamp"]);
    }
    const raw = await send(alarm() as unknown as Envelope, "cloudwatch", { "x-amz-sns-rawdelivery": "true" });
    expect([raw.code, raw.body.detail]).toEqual([422, expect.stringContaining("raw message delivery")]);
    const good = await sns.notify(TOPIC, alarm());
    expect((await send({ ...good, SignatureVersion: "3" })).code).toBe(401);
    const elsewhere = await send(good, "grafana");
    expect([elsewhere.code, elsewhere.body.detail]).toEqual([
      422,
      expect.stringContaining("cloudwatch or eventbridge"),
    ]);
  });
});

describe("an event of EventBridge", () => {
  it("comes by its key alone, once by its id, or through SNS", async () => {
    const { tenant, sns, send } = await subscribed();
    const event = {
      id: crypto.randomUUID(),
      "detail-type": "EC2 Instance State-change Notification",
      source: "aws.ec2",
      time: new Date().toISOString(),
      region: "eu-central-1",
      detail: { "instance-id": "i-0ff", state: "stopped" },
    };
    const options = { route: "eventbridge", unsigned: true, headers: { "x-delivery-id": "" } };
    const direct = await read(tenant.company.post(event, options));
    const again = await read(tenant.company.post(event, options));
    expect([direct.code, again.code, again.body.status]).toEqual([202, 200, "duplicate"]);
    const running = { ...event, detail: { "instance-id": "i-0ff", state: "running" } };
    const over = await send(await sns.notify(TOPIC, running), "eventbridge");
    expect([over.code, over.body.alert_id]).toEqual([202, direct.body.alert_id]);
  });
});
