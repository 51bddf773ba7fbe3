import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Alert } from "../../core/alert.ts";
import type { IncidentDetail } from "../../core/incident.ts";
import type { Rejection } from "../../core/rejection.ts";
import type { SnsTopics } from "../../core/sns.ts";
import type { ApiClient } from "../../dev/lib/api-client.ts";
import { eventually } from "../support/eventually.ts";
import { startInstance, type TestInstance } from "../support/instance.ts";
import type { WebhookAnswer } from "../support/payloads.ts";
import { type SnsServer, startSns } from "../support/sns-server.ts";

const ACCOUNT = "418203957716";
let sns: SnsServer;
let instance: TestInstance;
let api: ApiClient;

beforeAll(async () => {
  sns = await startSns();
  instance = await startInstance({ env: { SNS_ENDPOINT_URL: sns.url } });
  api = await instance.signIn();
});
afterAll(async () => {
  await instance?.stop();
  await sns?.stop();
});

const endpoint = (tool: "cloudwatch" | "eventbridge"): string =>
  `${instance.url}/api/webhooks/${tool}?api_key=${instance.company.api_key}`;
const answered = (): WebhookAnswer => JSON.parse(sns.delivery.lastBody) as WebhookAnswer;
const topics = (): Promise<SnsTopics> =>
  api.json<SnsTopics>("GET", `/api/companies/${instance.company.id}/sns-topics`);

const alarm = (state: "ALARM" | "OK", name = "mole-crane-cpu") => ({
  AlarmName: name,
  AlarmDescription: "severity: high",
  AWSAccountId: ACCOUNT,
  AlarmArn: `arn:aws:cloudwatch:eu-central-1:${ACCOUNT}:alarm:${name}`,
  NewStateValue: state,
  OldStateValue: state === "OK" ? "ALARM" : "OK",
  NewStateReason: "Threshold Crossed: 1 datapoint [97.2] was greater than the threshold (90.0).",
  StateChangeTime: new Date().toISOString().replace("Z", "+0000"),
  Region: "EU (Frankfurt)",
  Trigger: {
    Namespace: "AWS/EC2",
    MetricName: "CPUUtilization",
    Dimensions: [{ name: "InstanceId", value: "i-0d15ea5e0d15ea5e0" }],
  },
});

const finding = () => ({
  version: "0",
  id: randomUUID(),
  "detail-type": "GuardDuty Finding",
  source: "aws.guardduty",
  account: ACCOUNT,
  time: new Date().toISOString(),
  region: "eu-central-1",
  resources: [],
  detail: {
    schemaVersion: "2.0",
    accountId: ACCOUNT,
    region: "eu-central-1",
    id: "9a8b7c6d5e4f30213243546576879809",
    type: "CryptoCurrency:EC2/BitcoinTool.B!DNS",
    resource: { resourceType: "Instance", instanceDetails: { instanceId: "i-0c0ffee00c0ffee00", tags: [] } },
    service: { count: 3, eventLastSeen: new Date().toISOString() },
    severity: 8,
    title: "EC2 instance i-0c0ffee00c0ffee00 asks for a domain of a Bitcoin pool.",
    description: "The instance looks up pool.example.net.",
    updatedAt: new Date().toISOString(),
  },
});

async function incidentOf(alertId: string | null): Promise<{ alert: Alert; incident: IncidentDetail }> {
  const alert = await api.json<Alert>("GET", `/api/alerts/${alertId}`);
  const incident = await api.json<IncidentDetail>("GET", `/api/incidents/${alert.incident_id}`);
  return { alert, incident };
}

test("an alarm and a finding go from SNS to incidents, and what is not AWS's or not allowed is refused", async () => {
  // t0: the topic of the alarms is subscribed. The instance confirms by itself, and pins the topic.
  const alarms = sns.topic("alarms");
  const subscription = await sns.subscribe(alarms, endpoint("cloudwatch"));
  await sns.untilConfirmed(subscription);
  expect((await topics()).items).toMatchObject([{ arn: alarms, state: "allowed" }]);

  // t1: ALARM, signed by SHA-1 as topics are by default; the same alarm twice is one alert.
  expect(await sns.publish(alarms, alarm("ALARM"), "ALARM: mole-crane-cpu")).toEqual([202]);
  const fired = answered().alert_id;
  const before = await incidentOf(fired);
  expect(before.alert).toMatchObject({
    tool_source: "cloudwatch",
    asset_name: "i-0d15ea5e0d15ea5e0",
    severity: "high",
    status: "firing",
  });
  expect(before.incident).toMatchObject({ status: "new", firing_alerts: 1 });

  // t2: a tampered body changes nothing, though its signature was AWS's.
  sns.delivery.onTheWay = (envelope) => ({ ...envelope, Message: JSON.stringify(alarm("OK")) });
  expect(await sns.publish(alarms, alarm("ALARM"))).toEqual([401]);
  expect(answered().error).toBe("invalid_signature");
  sns.delivery.onTheWay = (envelope) => envelope;
  expect((await incidentOf(fired)).alert).toMatchObject({ status: "firing", count: 1 });

  // t3: OK ends it.
  expect(await sns.publish(alarms, alarm("OK"), "OK: mole-crane-cpu")).toEqual([202]);
  expect(answered().alert_id).toBe(fired);
  const after = await incidentOf(fired);
  expect(after.alert.status).toBe("resolved");
  expect(after.incident).toMatchObject({ id: before.incident.id, firing_alerts: 0 });

  // t4: a second topic, signed by SHA-256, waits for a person, and gets nothing in until then.
  const security = sns.topic("security", { signatureVersion: "2" });
  const waiting = await sns.subscribe(security, endpoint("eventbridge"));
  expect([answered().status, waiting.confirmed]).toEqual(["waiting", false]);
  expect(await sns.publish(security, finding())).toEqual([]);
  // Somebody opened the link by hand: AWS delivers, and the topic is still not allowed.
  waiting.confirmed = true;
  expect(await sns.publish(security, finding())).toEqual([403]);
  expect(answered().error).toBe("topic_not_allowed");
  waiting.confirmed = false;
  await eventually(async () => {
    const path = `/api/companies/${instance.company.id}/rejections`;
    const { items } = await api.json<{ items: Rejection[] }>("GET", path);
    expect(items.map((item) => item.detail).join()).toContain(security);
  });

  // t5: allowed by a person, it is confirmed with the very token it waited with, and the finding has its incident.
  const allow = { arn: security, allowed: true };
  const changed = await api.json<{ confirmed: boolean }>(
    "PATCH",
    `/api/companies/${instance.company.id}/sns-topics`,
    allow,
  );
  expect([changed.confirmed, waiting.confirmed]).toEqual([true, true]);
  expect(await sns.publish(security, finding())).toEqual([202]);
  const found = await incidentOf(answered().alert_id);
  expect(found.alert).toMatchObject({ tool_source: "eventbridge", asset_name: "i-0c0ffee00c0ffee00" });
  expect(found.incident).toMatchObject({ status: "new", severity: "high" });

  // t6: a subscription with raw delivery is told what to turn off.
  const raw = await sns.subscribe(alarms, endpoint("cloudwatch"), { raw: true });
  await sns.untilConfirmed(raw);
  subscription.confirmed = false;
  expect(await sns.publish(alarms, alarm("ALARM", "raw-alarm"))).toEqual([422]);
  expect(answered().detail).toContain("raw message delivery");

  // All along AWS was asked for nothing that it would have refused, and once for the certificate.
  expect(sns.refused).toEqual([]);
  expect(sns.certificates()).toBe(1);
});

test("a token of somebody else's making confirms nothing, and SNS is not asked in vain", async () => {
  const third = sns.topic("third");
  await api.json("PATCH", `/api/companies/${instance.company.id}/sns-topics`, { accept_new: true });
  sns.delivery.onTheWay = (envelope) => {
    const forged = "f".repeat(128);
    const url = new URL(envelope.SubscribeURL ?? "");
    url.searchParams.set("Token", forged);
    return { ...envelope, Token: forged, SubscribeURL: url.href };
  };
  const subscription = await sns.subscribe(third, endpoint("cloudwatch"));
  sns.delivery.onTheWay = (envelope) => envelope;
  expect([sns.delivery.answers.at(-1), answered().error]).toEqual([401, "invalid_signature"]);
  expect([subscription.confirmed, sns.refused]).toEqual([false, []]);
});
