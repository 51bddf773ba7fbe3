import { type AdapterItem, cut, isObject, readTime, text } from "./adapter.ts";
import { awsCategory, consoleUrl, inUrl, readArn } from "./aws-places.ts";
import { finish, firstOf, listAt, objectAt, webLinks } from "./fields.ts";

type Event = Record<string, unknown>;

const factsOf = (event: Event, more: [string, string][] = []): [string, string][] =>
  [
    ...["account", "region", "source", "detail-type"].map((name): [string, string] => [
      name,
      text(event, name),
    ]),
    ...more,
  ]
    .filter(([, value]) => value)
    .map(([name, value]): [string, string] => [name, cut(value, 1024)]);

/** GuardDuty's own bands: https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings-severity.html */
function findingWord(severity: unknown): string {
  const n = typeof severity === "number" || typeof severity === "string" ? Number(severity) : Number.NaN;
  if (Number.isNaN(n)) return "";
  if (n >= 9) return "critical";
  return n >= 7 ? "high" : n >= 4 ? "medium" : "low";
}

/** An instance goes by its id: many of a group share their Name, which stays readable in the tags. */
function findingPlace(resource: Event): { name: string; id: string | null; called?: string } {
  const instance = objectAt(resource, "instanceDetails");
  const id = text(instance, "instanceId");
  if (id) {
    const named = listAt(instance, "tags").find((tag) => isObject(tag) && text(tag, "key") === "Name");
    return { name: id, id, called: isObject(named) ? text(named, "value") : "" };
  }
  const [bucket] = listAt(resource, "s3BucketDetails");
  const name =
    text(objectAt(bucket), "name") ||
    text(objectAt(resource, "eksClusterDetails"), "name") ||
    text(objectAt(resource, "ecsClusterDetails"), "name") ||
    text(objectAt(resource, "rdsDbInstanceDetails"), "dbInstanceIdentifier") ||
    text(objectAt(resource, "lambdaDetails"), "functionName") ||
    text(objectAt(resource, "accessKeyDetails"), "userName");
  return { name, id: null };
}

/** Sent again under the same id with a higher count while it goes on; GuardDuty never says that it is over. */
export function finding(tool: string, event: Event): AdapterItem {
  const detail = objectAt(event, "detail");
  const service = objectAt(detail, "service");
  const place = findingPlace(objectAt(detail, "resource"));
  const region = text(detail, "region") || text(event, "region");
  const id = text(detail, "id");
  const sample = objectAt(service, "additionalInfo").sample === true;
  const url = consoleUrl(region, `guardduty/home?region=${region}#/findings?search=id%3D${inUrl(id)}`);
  return finish(
    {
      tool,
      status: "firing",
      asset: place.name || text(detail, "accountId") || text(event, "account"),
      asset_id: place.id,
      signature: text(detail, "type"),
      word: findingWord(detail.severity),
      message: [text(detail, "title"), text(detail, "description")].filter(Boolean).join("\n"),
      category: "Security",
      identity: id ? [["finding", cut(id, 1024)]] : null,
      event_time:
        readTime(text(service, "eventLastSeen")) ?? readTime(detail.updatedAt) ?? readTime(event.time),
      tags: factsOf(event, [
        ["count", text(service, "count")],
        ["name", place.called ?? ""],
      ]),
      links: webLinks([["GuardDuty", url]]),
      flags: place.name ? [] : ["guessed_asset"],
      ...(sample ? { test: true } : {}),
    },
    "detail.type",
  );
}

const ENTITIES_MAX = 200;

/** Whether a Health event is over. Events from before statusCode came about tell by their end alone. */
function healthOver(detail: Event, flags: string[]): boolean {
  const code = text(detail, "statusCode").toLowerCase();
  if (code === "closed") return true;
  if (code === "open" || code === "upcoming") return false;
  flags.push("guessed_status");
  return text(detail, "eventTypeCategory") === "issue" && text(detail, "endTime") !== "";
}

/** AWS Health, one alert for each thing it affects; the end of the event closes them all. */
export function health(tool: string, event: Event): AdapterItem[] {
  const detail = objectAt(event, "detail");
  const flags: string[] = [];
  const over = healthOver(detail, flags);
  const arn = text(detail, "eventArn");
  const service = text(detail, "service");
  const region = text(event, "region");
  const [described] = listAt(detail, "eventDescription");
  const category = text(detail, "eventTypeCategory");
  const upcoming = text(detail, "statusCode").toLowerCase() === "upcoming";
  const listed = listAt(detail, "affectedEntities").slice(0, ENTITIES_MAX);
  const entities = listed.length > 0 ? listed : listAt(event, "resources").slice(0, ENTITIES_MAX);
  const found = entities
    .map((e) => (isObject(e) ? e : { entityValue: e }))
    .filter((e) => text(e, "entityValue"));
  const whole = found.length === 0;
  return (whole ? [{ entityValue: "", status: "" }] : found).map((entity) => {
    const value = text(entity, "entityValue");
    const name = readArn(value)?.name ?? value;
    const done = over || text(entity, "status") === "RESOLVED";
    return finish(
      {
        tool,
        status: done ? "resolved" : "firing",
        asset: name || `${service} ${region}`.trim(),
        asset_id: /^(i|vol|vpc|eni|subnet)-[0-9a-f]+$/.test(name) ? name : null,
        signature: text(detail, "eventTypeCode"),
        word: upcoming ? "low" : /^(issue|investigation)$/.test(category) ? "high" : category ? "low" : "",
        message: text(objectAt(described), "latestDescription").replaceAll("\\n", "\n"),
        category: awsCategory(service) ?? "Cloud",
        identity: arn
          ? [
              ["event", cut(arn, 1024)],
              ["entity", cut(value, 1024)],
            ]
          : null,
        event_time: readTime(detail.lastUpdatedTime) ?? readTime(event.time) ?? readTime(detail.startTime),
        tags: factsOf(event, [
          ["service", service],
          ["event_category", category],
          ["starts", text(detail, "startTime")],
          ["ends", text(detail, "endTime")],
        ]),
        links: webLinks([["AWS Health", "https://health.console.aws.amazon.com/health/home"]]),
        flags: whole ? [...flags, "guessed_asset"] : [...flags],
        family: arn,
        ...(over ? { whole_family: true } : {}),
        group: arn,
      },
      "detail.eventTypeCode",
    );
  });
}

const CHANGING = /^(pending|stopping|shutting-down)$/;

/** "EC2 Instance State-change Notification": stopped is a problem until it runs again. */
export function instanceState(tool: string, event: Event): AdapterItem {
  const detail = objectAt(event, "detail");
  const id = text(detail, "instance-id");
  const state = text(detail, "state").toLowerCase();
  const region = text(event, "region");
  const known = CHANGING.test(state) || /^(running|stopped|terminated)$/.test(state);
  const message = `${id} is ${state || "in an unknown state"}`;
  const url = consoleUrl(region, `ec2/home?region=${region}#InstanceDetails:instanceId=${inUrl(id)}`);
  return finish(
    {
      tool,
      status: state === "running" ? "resolved" : "firing",
      asset: id,
      asset_id: id || null,
      signature: "EC2 instance stopped",
      word: state === "terminated" ? "low" : "medium",
      message,
      category: "Server",
      identity: id ? [["instance", cut(id, 1024)]] : null,
      event_time: readTime(event.time),
      tags: factsOf(event, [["state", state]]),
      links: webLinks([["EC2", url]]),
      flags: known ? [] : ["guessed_status"],
      ...(CHANGING.test(state) ? { update: { kind: "other" as const, by: null, text: message } } : {}),
    },
    "detail.instance-id",
  );
}

const ENDS = /^(ok|resolved|closed|succeeded|success|completed|running|available|inactive|clear(ed)?)$/i;

/** Any other event, as far as its fields can be guessed. */
export function otherEvent(tool: string, event: Event): AdapterItem {
  const detail = objectAt(event, "detail");
  const [first] = listAt(event, "resources");
  const resource = typeof first === "string" ? first : "";
  const named = firstOf(detail, ["instance-id", "instanceId", "host", "resourceId", "name", "clusterName"]);
  const state = firstOf(detail, ["state", "status", "State", "Status"]);
  const kind = text(event, "detail-type");
  const asset = named || (readArn(resource)?.name ?? resource);
  const flags = ["guessed_asset", "guessed_status"];
  return finish(
    {
      tool,
      status: ENDS.test(state) ? "resolved" : "firing",
      asset: asset || text(event, "source"),
      asset_id: /^i-[0-9a-f]+$/.test(asset) ? asset : null,
      signature: kind,
      word: firstOf(detail, ["severity", "Severity", "priority", "level"]),
      message:
        firstOf(detail, ["message", "description", "reason", "title", "cause"]) || `${kind} ${state}`.trim(),
      identity: [
        ["source", cut(text(event, "source"), 200)],
        ["type", cut(kind, 200)],
        ["of", cut(resource || asset, 1024)],
      ],
      event_time: readTime(event.time),
      tags: factsOf(event, state ? [["state", state]] : []),
      flags,
    },
    "detail-type",
  );
}
