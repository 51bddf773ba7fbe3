import { type AdapterItem, cut, isObject, readTime, text } from "./adapter.ts";
import {
  awsCategory,
  consoleUrl,
  dimensionsOf,
  inUrl,
  readArn,
  severityWord,
  thingOf,
} from "./aws-places.ts";
import { finish, firstOf, listAt, objectAt, webLinks } from "./fields.ts";

/** What both ways of sending an alarm's state say, in one shape. */
interface AlarmState {
  name: string;
  arn: string;
  account: string;
  region: string;
  description: string;
  state: string;
  was: string;
  reason: string;
  time: unknown;
  namespace: string;
  metric: string;
  dimensions: [string, string][];
  rule: string;
}

function finishAlarm(tool: string, alarm: AlarmState): AdapterItem {
  const { name, arn, account, region, state } = alarm;
  const thing = thingOf(alarm.dimensions);
  const flags: string[] = [];
  if (!thing.name) flags.push("guessed_asset");
  if (!/^(ALARM|OK|INSUFFICIENT_DATA)$/.test(state)) flags.push("guessed_status");
  const lost = state === "INSUFFICIENT_DATA";
  const url = consoleUrl(region, `cloudwatch/home?region=${region}#alarmsV2:alarm/${inUrl(name)}`);
  const facts: [string, string][] = [
    ["account", account],
    ["region", region],
    ["namespace", alarm.namespace],
    ["metric", alarm.metric],
    ["previous_state", alarm.was],
    ["rule", alarm.rule],
    ...alarm.dimensions,
  ];
  return finish(
    {
      tool,
      status: state === "OK" ? "resolved" : "firing",
      asset: thing.name || name,
      asset_id: thing.id && cut(thing.id, 512),
      signature: name,
      word: severityWord(name, alarm.description),
      message: [alarm.description, alarm.reason].filter(Boolean).join("\n"),
      category: awsCategory(alarm.namespace),
      identity: arn
        ? [["alarm", cut(arn, 1024)]]
        : [
            ["account", account],
            ["region", region],
            ["alarm", name],
          ],
      event_time: readTime(alarm.time),
      tags: facts.filter(([, value]) => value).map(([label, value]) => [cut(label, 200), cut(value, 1024)]),
      links: webLinks([["CloudWatch", url]]),
      flags,
      // No data is neither a problem nor its end: the metric is silent, and what was wrong may still be.
      ...(lost
        ? {
            update: { kind: "other" as const, by: null, text: cut(`No data: ${alarm.reason || name}`, 1000) },
          }
        : {}),
    },
    "AlarmName",
  );
}

interface Metric {
  namespace: string;
  metric: string;
  dimensions: [string, string][];
}

/** The first metric with dimensions, of one, of metric maths or of an anomaly band. */
function metricOf(metrics: Metric[]): Metric {
  return (
    metrics.find((m) => m.dimensions.length > 0) ??
    metrics[0] ?? { namespace: "", metric: "", dimensions: [] }
  );
}

/** An alarm's own message to SNS. */
export function snsAlarm(tool: string, body: Record<string, unknown>): AdapterItem {
  const trigger = objectAt(body, "Trigger");
  const own = isObject(body.Trigger) ? trigger : body;
  const arn = text(body, "AlarmArn");
  const place = readArn(arn);
  const metrics = listAt(own, "Metrics")
    .slice(0, 50)
    .map((m): Metric => {
      const metric = objectAt(m, "MetricStat", "Metric");
      return {
        namespace: text(metric, "Namespace"),
        metric: text(metric, "MetricName"),
        dimensions: dimensionsOf(metric.Dimensions),
      };
    });
  const single = {
    namespace: text(own, "Namespace"),
    metric: text(own, "MetricName"),
    dimensions: dimensionsOf(own.Dimensions),
  };
  return finishAlarm(tool, {
    name: text(body, "AlarmName").trim(),
    arn,
    account: text(body, "AWSAccountId") || (place?.account ?? ""),
    region: place?.region || text(body, "Region"),
    description: text(body, "AlarmDescription").trim(),
    state: text(body, "NewStateValue").trim().toUpperCase(),
    was: text(body, "OldStateValue"),
    reason: text(body, "NewStateReason").trim(),
    time: body.StateChangeTime,
    ...metricOf([single, ...metrics].filter((m) => m.metric || m.dimensions.length > 0)),
    rule: text(body, "AlarmRule"),
  });
}

/** EventBridge's "CloudWatch Alarm State Change". */
export function eventAlarm(tool: string, event: Record<string, unknown>): AdapterItem {
  const detail = objectAt(event, "detail");
  const configuration = objectAt(detail, "configuration");
  const state = objectAt(detail, "state");
  const [resource] = listAt(event, "resources");
  const metrics = listAt(configuration, "metrics")
    .slice(0, 50)
    .map((m): Metric => {
      const metric = objectAt(m, "metricStat", "metric");
      return {
        namespace: text(metric, "namespace"),
        metric: text(metric, "name"),
        dimensions: dimensionsOf(metric.dimensions),
      };
    });
  return finishAlarm(tool, {
    name: text(detail, "alarmName").trim(),
    arn: typeof resource === "string" ? resource : "",
    account: text(event, "account"),
    region: text(event, "region"),
    description: text(configuration, "description").trim(),
    state: text(state, "value").trim().toUpperCase(),
    was: text(objectAt(detail, "previousState"), "value"),
    reason: text(state, "reason").trim(),
    time: firstOf(state, ["timestamp"]) || event.time,
    ...metricOf(metrics.filter((m) => m.metric || m.dimensions.length > 0)),
    rule: text(configuration, "alarmRule"),
  });
}
