import type { Category } from "../alert.ts";
import { cut, isObject, text } from "./adapter.ts";

/** Dimensions that name one thing, the most telling first. */
const THINGS = [
  "InstanceId",
  "DBInstanceIdentifier",
  "DBClusterIdentifier",
  "LoadBalancer",
  "LoadBalancerName",
  "FunctionName",
  "BucketName",
  "QueueName",
  "TableName",
  "CacheClusterId",
  "ReplicationGroupId",
  "VolumeId",
  "FileSystemId",
  "NatGatewayId",
  "VpnId",
  "DistributionId",
  "ApiName",
  "ServiceName",
  "TaskDefinitionFamily",
  "ClusterName",
  "TopicName",
  "StateMachineArn",
  "DomainName",
  "AutoScalingGroupName",
  "HealthCheckId",
  "host",
  "Host",
  "TargetGroup",
];

const CATEGORIES: Record<string, Category> = {
  EC2: "Server",
  CWAgent: "Server",
  AutoScaling: "Server",
  Lightsail: "Server",
  RDS: "Database",
  DynamoDB: "Database",
  ElastiCache: "Database",
  Redshift: "Database",
  DocDB: "Database",
  Neptune: "Database",
  ELB: "Network",
  ApplicationELB: "Network",
  NetworkELB: "Network",
  NATGateway: "Network",
  VPN: "Network",
  DX: "Network",
  Route53: "Network",
  CloudFront: "Network",
  TransitGateway: "Network",
  S3: "Storage",
  EBS: "Storage",
  EFS: "Storage",
  FSx: "Storage",
  Backup: "Storage",
  Lambda: "Application",
  ECS: "Application",
  ContainerInsights: "Application",
  ApiGateway: "Application",
  SQS: "Application",
  States: "Application",
  GuardDuty: "Security",
  WAFV2: "Security",
  Billing: "Cloud",
};

/** Of a metric's namespace, "AWS/RDS", or an event's service; null where it is not known. */
export function awsCategory(namespace: string): Category | null {
  const name = namespace.replace(/^AWS\//, "");
  return (Object.hasOwn(CATEGORIES, name) ? CATEGORIES[name] : undefined) ?? null;
}

/** [name, value] of a metric's dimensions: SNS writes a list, EventBridge an object. */
export function dimensionsOf(value: unknown): [string, string][] {
  if (Array.isArray(value)) {
    return value
      .slice(0, 30)
      .flatMap((d): [string, string][] =>
        isObject(d) && text(d, "name") && text(d, "value") ? [[text(d, "name"), text(d, "value")]] : [],
      );
  }
  if (!isObject(value)) return [];
  return Object.keys(value)
    .slice(0, 30)
    .flatMap((name): [string, string][] => (text(value, name) ? [[name, text(value, name)]] : []));
}

/** The thing that dimensions are about, with its id where that is one of its own. */
export function thingOf(dimensions: [string, string][]): { name: string; id: string | null } {
  const all = new Map(dimensions);
  for (const name of THINGS) {
    const value = all.get(name);
    if (!value) continue;
    // "app/shop/50dc6c495c0c9188": the name stands in the middle.
    const parts = /^(?:app|net|gwy)\/([^/]+)\/[0-9a-f]+$/.exec(value);
    if (parts?.[1]) return { name: parts[1], id: value };
    return { name: value, id: name === "InstanceId" || name.endsWith("Identifier") ? value : null };
  }
  return { name: dimensions[0]?.[1] ?? "", id: null };
}

export interface Arn {
  partition: string;
  service: string;
  region: string;
  account: string;
  /** Without its type: "i-1" of "instance/i-1". */
  name: string;
}

/** null for what is no ARN. */
export function readArn(value: string): Arn | null {
  const parts = /^arn:([a-z-]+):([a-z0-9-]+):([a-z0-9-]*):(\d*):(.+)$/s.exec(cut(value, 2048));
  if (!parts) return null;
  const [, partition = "", service = "", region = "", account = "", rest = ""] = parts;
  const name = /^[a-zA-Z-]+[:/](.+)$/s.exec(rest)?.[1] ?? rest;
  return { partition, service, region, account, name };
}

const HALF_PAIR = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/** As part of a URL; half of a surrogate pair is repaired, where encodeURIComponent would throw. */
export function inUrl(value: string): string {
  return encodeURIComponent(cut(value, 512).replace(HALF_PAIR, "\uFFFD"));
}

const REGION = /^[a-z]{2}(?:-[a-z]+)+-\d$/;

/** The console of a region; "" where the region is none. `path` begins with the service. */
export function consoleUrl(region: string, path: string): string {
  if (!REGION.test(region)) return "";
  const host = region.startsWith("cn-")
    ? "console.amazonaws.cn"
    : region.startsWith("us-gov-")
      ? "console.amazonaws-us-gov.com"
      : `${region}.console.aws.amazon.com`;
  return `https://${host}/${path}`;
}

const LABELLED = /\b(?:severity|priority|sev|prio)\s*[=:]\s*["']?([A-Za-z0-9-]{2,20})/i;
const BRACKETED = /[[(](critical|high|medium|low|warning|info|p[0-5]|sev-?[0-5])[\])]/i;
const WORD =
  /(?:^|[^A-Za-z0-9])(critical|crit|fatal|emergency|major|minor|warning|warn|p[0-5]|sev-?[0-5])(?![A-Za-z0-9])/i;

/**
 * AWS gives an alarm no severity; people write it into its description or name: "severity: high", "[P1]",
 * "prod-critical-...". A bare "high" is left alone: "cpu-high" says what is high, not how bad it is.
 */
export function severityWord(name: string, description: string): string {
  const [about, called] = [cut(description, 2000), cut(name, 512)];
  for (const pattern of [LABELLED, BRACKETED]) {
    const found = pattern.exec(about)?.[1] ?? pattern.exec(called)?.[1];
    if (found) return found;
  }
  return WORD.exec(called)?.[1] ?? "";
}
