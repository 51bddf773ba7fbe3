import {
  type Adapter,
  type AdapterGuide,
  type AdapterItem,
  type AdapterResult,
  cut,
  isObject,
  readTime,
  text,
} from "./adapter.ts";
import {
  assetOf,
  finish,
  firstOf,
  isTruncated,
  isWatchdog,
  MACHINE_LABELS,
  objectAt,
  SEVERITY_LABELS,
  tagsOf,
  webLinks,
} from "./fields.ts";
import { isLegacy, legacyItems } from "./grafana-legacy.ts";

/**
 * Grafana's webhook contact point (version 8 and newer), and the notification channel of the versions before:
 * https://grafana.com/docs/grafana/latest/alerting/configure-notifications/manage-contact-points/integrations/webhook-notifier/
 */
const TOOL = "grafana";

/** Labels that say how bad it is, not what it is. */
const NOT_IDENTITY = new Set(SEVERITY_LABELS);

/** "[FIRING:1, RESOLVED:2] Memory (copy) device" without its brackets. */
const withoutCounts = (title: string) => cut(title, 2048).replace(/^\s*\[[^\]]*\]\s*/, "");

/** Labels of the first series of `valueString` that names a machine: `[ var='A' labels={instance=a:9100, job=b} value=1 ]`. */
function seriesLabels(values: string): Record<string, string> {
  for (const [, inner = ""] of cut(values, 16_384).matchAll(/labels=\{([^{}]{1,2000})\}/g)) {
    const labels = Object.fromEntries(
      inner.split(",").map((pair) => {
        const at = pair.indexOf("=");
        return at < 0 ? [pair.trim(), ""] : [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
      }),
    );
    if (firstOf(labels, MACHINE_LABELS)) return labels;
  }
  return {};
}

function statusOf(alert: Record<string, unknown>, group: Record<string, unknown>, flags: string[]) {
  const own = text(alert, "status").toLowerCase();
  if (own === "firing" || own === "resolved") return own;
  const word = (text(group, "status") || text(group, "state")).toLowerCase();
  flags.push("guessed_status");
  if (word === "resolved" || word === "ok") return "resolved";
  return word === "firing" || word === "alerting" ? "firing" : null;
}

function one(value: unknown, group: Record<string, unknown>): AdapterItem {
  if (!isObject(value)) return { fields: { alert: "must be an object" } };
  const flags: string[] = [];
  const status = statusOf(value, group, flags);
  if (!status) return { fields: { status: 'is "firing" or "resolved"' } };
  const labels = objectAt(value, "labels");
  const annotations = objectAt(value, "annotations");
  const name =
    firstOf(labels, ["alertname"]) ||
    firstOf(objectAt(group, "groupLabels"), ["alertname"]) ||
    firstOf(objectAt(group, "commonLabels"), ["alertname"]);
  const signature = name || firstOf(labels, ["rulename"]) || withoutCounts(text(group, "title"));
  if (!name) flags.push("guessed_signature");
  if (isTruncated(group)) flags.push("group_truncated");
  const values = text(value, "valueString");
  const asset =
    firstOf(labels, MACHINE_LABELS) || firstOf(seriesLabels(values), MACHINE_LABELS) || assetOf(labels);
  const fingerprint = text(value, "fingerprint");
  const identity = Object.keys(labels)
    .filter((label) => !NOT_IDENTITY.has(label))
    .map((label): [string, string] => [label, text(labels, label)]);
  const word = firstOf(labels, SEVERITY_LABELS);
  const source = text(value, "generatorURL");
  const rule = /\/alerting\/grafana\/([\w-]{1,100})\//.exec(cut(source, 4096))?.[1];
  const summary = firstOf(annotations, ["summary", "description", "message"]);
  return finish(
    {
      tool: TOOL,
      status,
      asset,
      signature,
      word,
      message: summary || values,
      // Two rules may share all labels but their name, which is not always among them.
      identity:
        identity.length > 0
          ? [...identity.filter(([n]) => n !== "alertname"), ["alertname", signature]]
          : null,
      caller_key: identity.length === 0 && fingerprint ? fingerprint : null,
      variant: cut(word, 100).toLowerCase(),
      event_time: readTime(value[status === "resolved" ? "endsAt" : "startsAt"]),
      tags: tagsOf(labels),
      links: webLinks([
        ["Runbook", text(annotations, "runbook_url")],
        ["Dashboard", text(value, "dashboardURL")],
        ["Panel", text(value, "panelURL")],
        ["Grafana", source],
        ["Silence", text(value, "silenceURL")],
      ]),
      flags,
      heartbeat: isWatchdog(name),
      group: text(group, "groupKey"),
      ...(rule ? { family: `rule:${rule}` } : {}),
      ...(isTest(labels, annotations) ? { test: true } : {}),
    },
    "labels.alertname",
  );
}

function isTest(labels: Record<string, unknown>, annotations: Record<string, unknown>): boolean {
  if (text(labels, "alertname") !== "TestAlert") return false;
  return text(labels, "instance") === "Grafana" || text(annotations, "summary") === "Notification test";
}

function parse(body: unknown): AdapterResult {
  if (isObject(body) && Array.isArray(body.alerts)) {
    if (body.alerts.length === 0)
      return { detail: "The notification holds no alerts.", fields: { alerts: "is empty" } };
    return { items: body.alerts.map((alert) => one(alert, body)), many: true };
  }
  if (isObject(body) && isLegacy(body)) {
    const items = legacyItems(body, TOOL);
    return { items, many: items.length > 1 };
  }
  return {
    detail: "This is no Grafana notification: it has neither a list of alerts nor a rule and its state.",
    fields: { alerts: "must be an array, as the webhook contact point sends it" },
  };
}

const guide: AdapterGuide = {
  label: "Grafana",
  about:
    "A webhook contact point posts its groups; each alert of a group stands for itself, recoveries included.",
  versions: "unified alerting (8 to 12) and the notification channels of 7 and older",
  signs: "key_only",
  recovers: true,
  steps: [
    "In Grafana, open Alerting, Contact points, and add one of type Webhook.",
    "Set its URL to {webhook_url} and its method to POST. Leave “Disable resolved message” off and the payload as it is.",
    "Name it in the notification policy, and give the rules a label severity: critical, warning or info.",
    "Press Test: the alert arrives here marked as a test.",
  ],
  templates: [
    {
      where: "provisioning/alerting/contact-points.yaml, if you provision by files",
      language: "yaml",
      text: `apiVersion: 1
contactPoints:
  - orgId: 1
    name: alert-whisperer
    receivers:
      - uid: alert-whisperer
        type: webhook
        disableResolveMessage: false
        settings:
          url: "{webhook_url}"
          httpMethod: POST
`,
    },
  ],
  docs: "https://grafana.com/docs/grafana/latest/alerting/",
};

export const grafana: Adapter = { tool: TOOL, retriesOnlyOn5xx: true, parse, guide };
