import type { NormalizedAlert } from "../alert.ts";
import { readSeverity } from "../severity.ts";
import {
  type Adapter,
  type AdapterItem,
  type AdapterResult,
  cut,
  isObject,
  MESSAGE_MAX,
  NAME_MAX,
  readTime,
  text,
} from "./adapter.ts";
import { assetOf, firstOf, isTruncated, isWatchdog, SEVERITY_LABELS, webLinks } from "./fields.ts";

/**
 * Prometheus Alertmanager's webhook, versions 3 and 4:
 * https://prometheus.io/docs/alerting/latest/configuration/#webhook_config
 */
const TOOL = "alertmanager";

/** Labels that say how bad it is or which of two Prometheis saw it, not what it is. */
const NOT_IDENTITY = new Set([...SEVERITY_LABELS, "prometheus", "prometheus_replica", "replica", "monitor"]);
const MESSAGE_ANNOTATIONS = ["summary", "description", "message", "title"];
const LINK_ANNOTATIONS: [string, string][] = [
  ["runbook_url", "Runbook"],
  ["dashboard_url", "Dashboard"],
  ["dashboard", "Dashboard"],
];

function linksOf(alert: Record<string, unknown>, annotations: Record<string, unknown>) {
  const found = LINK_ANNOTATIONS.map(([name, label]): [string, string] => [label, text(annotations, name)]);
  return webLinks([...found, ["Prometheus", text(alert, "generatorURL")]]);
}

function one(value: unknown, group: Record<string, unknown>): AdapterItem {
  if (!isObject(value)) return { fields: { alert: "must be an object" } };
  const labels = isObject(value.labels)
    ? value.labels
    : isObject(group.commonLabels)
      ? group.commonLabels
      : {};
  const annotations = isObject(value.annotations) ? value.annotations : {};
  const status = text(value, "status") || text(group, "status");
  const signature = text(labels, "alertname").trim();
  const fields: Record<string, string> = {};
  if (status !== "firing" && status !== "resolved") fields.status = 'is "firing" or "resolved"';
  if (!signature) fields["labels.alertname"] = "is required: it says what is wrong";
  if (Object.keys(fields).length > 0) return { fields };
  const flags: string[] = [];
  const word = firstOf(labels, SEVERITY_LABELS);
  const { severity, known } = readSeverity(word);
  if (!known) flags.push(word ? "unknown_severity" : "no_severity");
  if (isTruncated(group)) flags.push("group_truncated");
  const message = firstOf(annotations, MESSAGE_ANNOTATIONS) || signature;
  if (message.length > MESSAGE_MAX) flags.push("message_cut");
  const identity = Object.keys(labels)
    .filter((name) => !NOT_IDENTITY.has(name))
    .map((name): [string, string] => [name, text(labels, name)]);
  const alert: NormalizedAlert = {
    status: status as "firing" | "resolved",
    asset_name: cut(assetOf(labels), NAME_MAX),
    asset_id: null,
    signature: cut(signature, NAME_MAX),
    severity,
    category: null,
    message: cut(message, MESSAGE_MAX),
    tool_source: TOOL,
    caller_key: null,
    identity,
    variant: cut(word, 100).toLowerCase(),
    event_time: readTime(value[status === "resolved" ? "endsAt" : "startsAt"]),
    tags: identity.slice(0, 64).map(([name, v]) => [cut(name, 200), cut(v, 1024)]),
    links: linksOf(value, annotations),
    flags,
    group: groupOf(group),
    heartbeat: isWatchdog(signature),
  };
  return { alert };
}

/** What it was grouped with; a route that groups by nothing puts strangers into one, which says nothing. */
function groupOf(group: Record<string, unknown>): string | null {
  const key = text(group, "groupKey");
  return key === "" || key.endsWith(":{}") ? null : cut(key, NAME_MAX);
}

function parse(body: unknown): AdapterResult {
  if (!isObject(body) || !Array.isArray(body.alerts)) {
    return {
      detail: "This is no Alertmanager notification: it has no list of alerts.",
      fields: { alerts: "must be an array, as in webhook payload version 4" },
    };
  }
  if (body.alerts.length === 0)
    return { detail: "The notification holds no alerts.", fields: { alerts: "is empty" } };
  return { items: body.alerts.map((alert) => one(alert, body)), many: true };
}

export const alertmanager: Adapter = {
  tool: TOOL,
  retriesOnlyOn5xx: true,
  parse,
  guide: {
    label: "Prometheus Alertmanager",
    about: "Alertmanager posts its groups; each alert of a group stands for itself, recoveries included.",
    versions: "webhook payload version 4 (Alertmanager 0.7 and newer) and version 3",
    signs: "key_only",
    recovers: true,
    steps: [
      "Add the receiver below to alertmanager.yml and name it in a route.",
      "Keep send_resolved: true, so that recoveries close incidents.",
      "Reload: curl -X POST http://localhost:9093/-/reload",
    ],
    templates: [
      {
        where: "alertmanager.yml",
        language: "yaml",
        text: `receivers:
  - name: alert-whisperer
    webhook_configs:
      - url: "{webhook_url}"
        send_resolved: true
`,
      },
    ],
    docs: "https://prometheus.io/docs/alerting/latest/configuration/#webhook_config",
  },
};
