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
import { finish, firstOf, HOST_LABELS, objectAt, SEVERITY_LABELS, tagsOf, webLinks } from "./fields.ts";

/**
 * Google Cloud Monitoring's webhook channel, versions 1.0, 1.1 and 1.2:
 * https://cloud.google.com/monitoring/support/notification-options#webhooks
 */
const TOOL = "gcp";

/** "projects/1/alertPolicies/web" as "web"; any other name as it is. */
function lastOf(name: string): string {
  return name.startsWith("projects/") ? name.slice(name.lastIndexOf("/") + 1) : name;
}

/** `resource.labels.instance_id="42"` out of a condition's filter. */
const IN_FILTER =
  /resource\.labels?\.["]?(?:instance_id|instance_name|host|database_id|pod_name)["]?\s*=\s*\\?"([^"\\]{1,253})/;

function filterOf(condition: Record<string, unknown>): string {
  for (const value of Object.values(condition)) {
    const filter = isObject(value) ? text(value, "filter") : "";
    if (filter) return cut(filter, 8192);
  }
  return "";
}

function assetOf(incident: Record<string, unknown>, flags: string[]): string {
  const resource = objectAt(incident, "resource", "labels");
  const system = objectAt(incident, "metadata", "system_labels");
  // Version 1.2 may write a sentence there: "shop VM Instance labels {project_id=shop, ...}".
  const named = firstOf(incident, ["resource_name"]);
  const sure =
    (named && !named.includes(" labels {") ? lastOf(named) : "") ||
    firstOf(system, ["name", "instance_name"]) ||
    firstOf(resource, ["instance_name", "instance_id", ...HOST_LABELS, "pod_name", "database_id"]) ||
    firstOf(incident, ["resource_display_name"]);
  if (sure) return sure;
  const filtered = IN_FILTER.exec(filterOf(objectAt(incident, "condition")))?.[1] ?? "";
  const guess = filtered || firstOf(incident, ["resource_id"]);
  if (guess) flags.push("guessed_asset");
  return guess;
}

function wordOf(incident: Record<string, unknown>): string {
  const word =
    firstOf(incident, ["severity"]) ||
    firstOf(objectAt(incident, "policy_user_labels"), SEVERITY_LABELS) ||
    firstOf(objectAt(incident, "metadata", "user_labels"), SEVERITY_LABELS) ||
    firstOf(objectAt(incident, "metadata", "system_labels"), SEVERITY_LABELS);
  return /^no[ _]severity$/i.test(word) ? "" : word;
}

function one(incident: Record<string, unknown>, version: string): AdapterItem {
  const flags: string[] = [];
  const state = text(incident, "state").trim().toLowerCase();
  if (state !== "open" && state !== "closed" && state !== "acknowledged") flags.push("guessed_status");
  const closed = state === "closed" || state === "resolved";
  const policy = lastOf(firstOf(incident, ["policy_name"]));
  const condition =
    firstOf(incident, ["condition_name"]) ||
    firstOf(objectAt(incident, "condition"), ["displayName", "name"]);
  const names = [policy, lastOf(condition)].filter((name, i, all) => name && all.indexOf(name) === i);
  const documentation = objectAt(incident, "documentation");
  const summary = firstOf(incident, ["summary"]);
  if (names.length === 0) flags.push("guessed_signature");
  const id = text(incident, "incident_id");
  const asset = assetOf(incident, flags);
  const signature = names.join(": ") || firstOf(documentation, ["subject"]) || summary;
  return finish(
    {
      tool: TOOL,
      status: closed ? "resolved" : "firing",
      asset,
      signature,
      word: wordOf(incident),
      message: summary || firstOf(documentation, ["content", "subject"]),
      caller_key: id || null,
      identity: id
        ? null
        : [
            ["policy", signature],
            ["resource", asset],
          ],
      event_time: readTime(closed ? incident.ended_at : incident.started_at),
      tags: [
        ...tagsOf(objectAt(incident, "resource", "labels")),
        ...tagsOf(objectAt(incident, "policy_user_labels")),
        ...tagsOf(objectAt(incident, "metadata", "user_labels")),
      ].slice(0, 64),
      links: webLinks([["Google Cloud", text(incident, "url")]]),
      flags,
      ...(policy ? { family: policy } : {}),
      ...(state === "acknowledged"
        ? { update: { kind: "acknowledged", by: null, text: "Acknowledged in Google Cloud." } }
        : {}),
      ...(version.toLowerCase() === "test" || /^test (?:incident|notification|alert)\b/i.test(summary)
        ? { test: true }
        : {}),
    },
    "incident.policy_name",
  );
}

function parse(body: unknown): AdapterResult {
  if (!isObject(body) || !isObject(body.incident))
    return {
      detail: "This is no Google Cloud Monitoring notification: it has no incident.",
      fields: { incident: "must be an object" },
    };
  return { items: [one(body.incident, text(body, "version"))], many: false };
}

const guide: AdapterGuide = {
  label: "Google Cloud Monitoring",
  about: "A webhook channel posts an incident when it opens and when it closes.",
  versions: "webhook versions 1.0, 1.1 and 1.2",
  signs: "key_only",
  recovers: true,
  steps: [
    "In Google Cloud, open Monitoring, Alerting, Edit notification channels, and add a webhook with the address {webhook_url}.",
    "Press Test connection, then Save.",
    "Choose the channel in your alerting policies, let them notify on incident closure, and give each a severity level.",
  ],
  templates: [
    {
      where: "a shell, if you would rather use gcloud",
      language: "shell",
      text: `gcloud beta monitoring channels create --type=webhook_tokenauth \\
  --display-name="Alert Whisperer" \\
  --channel-labels=url='{webhook_url}'
`,
    },
  ],
  docs: "https://cloud.google.com/monitoring/support/notification-options#webhooks",
};

export const gcp: Adapter = { tool: TOOL, retriesOnlyOn5xx: true, parse, guide };
