import {
  type Adapter,
  type AdapterItem,
  type AdapterResult,
  cut,
  isObject,
  MESSAGE_MAX,
  readTime,
} from "./adapter.ts";
import { datadogGuide } from "./datadog-guide.ts";
import { filled, finish, firstOf, HOST_LABELS, objectAt, webLinks } from "./fields.ts";

/** Datadog's webhook: our template, its default one, or one of the customer's own: https://docs.datadoghq.com/integrations/webhooks/ */
const TOOL = "datadog";

/** "[P2] [Triggered on {host:web-01,env:prod}] ": what Datadog puts before a monitor's name. */
const PREFIX =
  /^\s*\[(P[1-5]|TEST|Monitor Test|Triggered|Re-Triggered|Warn|Re-Warn|No Data|Re-No Data|Recovered|Re-Recovered|Renotify)(?: on \{([^{}]{0,500})\})?\]/i;

interface Title {
  name: string;
  transition: string;
  priority: string;
  scope: string;
  test: boolean;
}

function readTitle(raw: string): Title {
  const title = { name: cut(raw, MESSAGE_MAX), transition: "", priority: "", scope: "", test: false };
  for (;;) {
    const found = PREFIX.exec(title.name);
    if (!found) break;
    const word = (found[1] ?? "").toLowerCase();
    if (/^p\d$/.test(word)) title.priority = word;
    else if (word.endsWith("test")) title.test = true;
    else title.transition = word;
    title.scope ||= found[2] ?? "";
    title.name = title.name.slice(found[0].length);
  }
  title.name = title.name.trim();
  return title;
}

/** "host:web-01,env:prod" or a list of such, as pairs. */
function pairsOf(value: unknown): [string, string][] {
  const list = Array.isArray(value) ? value : typeof value === "string" ? cut(value, 65_536).split(",") : [];
  const found: [string, string][] = [];
  for (const item of list) {
    if (typeof item !== "string" || found.length === 64) continue;
    const tag = item.trim();
    if (!tag || tag.startsWith("$")) continue;
    const colon = tag.indexOf(":");
    found.push(
      colon > 0 ? [cut(tag.slice(0, colon), 200), cut(tag.slice(colon + 1), 1024)] : [cut(tag, 200), ""],
    );
  }
  return found;
}

/** Its text without what only Datadog's own page shows: fences, snapshots, mentions; links keep their words. */
function plain(markdown: string): string {
  return cut(markdown, 2 * MESSAGE_MAX)
    .replaceAll("%%%", "")
    .replace(/\[!\[[^\]]{0,300}\]\([^()\s]{0,2048}\)\]\([^()\s]{0,2048}\)/g, "")
    .replace(/!\[[^\]]{0,300}\]\([^()\s]{0,2048}\)/g, "")
    .replace(/\[([^[\]]{1,300})\]\([^()\s]{1,2048}\)/g, "$1")
    .replace(/@webhook-[\w.-]{1,200}/g, "")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

const any = (body: Record<string, unknown>, names: string[]): string => {
  for (const name of names) {
    const value = filled(body, name);
    if (value) return value;
  }
  return "";
};

function one(body: Record<string, unknown>): AdapterItem {
  const flags: string[] = [];
  const eventTitle = any(body, ["event_title", "alert_title", "title"]);
  const title = readTitle(eventTitle);
  const message = plain(
    any(body, ["event_message", "text_only_message", "message", "body", "event_msg", "alert_status"]),
  );
  let name = title.name;
  if (!name && message) {
    name = message.split("\n", 1)[0] ?? "";
    flags.push("guessed_signature");
  }
  const transition = any(body, ["alert_transition", "transition"]).toLowerCase() || title.transition;
  const type = any(body, ["alert_type"]).toLowerCase();
  const recovered = transition ? /^(?:re-)?recovered$/.test(transition) : type === "success";
  if (!transition) flags.push("guessed_status");
  const scopeText = any(body, ["alert_scope", "scope", "scopes"]) || title.scope;
  const scope = pairsOf(scopeText || body.scopes);
  const tags = pairsOf(body.tags);
  const labels = Object.fromEntries([...tags, ...scope]);
  const asset = any(body, ["hostname", "host"]) || firstOf(labels, HOST_LABELS);
  const monitor = any(body, ["alert_id", "monitor_id"]);
  const aggregate = any(body, ["aggregation_key", "aggreg_key", "alert_aggreg_key"]);
  const identity: [string, string][] = aggregate
    ? [
        ["aggregation_key", aggregate],
        ["scope", cut(scopeText, 2048)],
      ]
    : [
        ["monitor", monitor || name],
        ["scope", cut(scopeText, 2048) || asset],
      ];
  const word =
    any(body, ["alert_priority", "priority", "severity"]) ||
    title.priority ||
    (transition.endsWith("warn") ? "warning" : "") ||
    type;
  return finish(
    {
      tool: TOOL,
      status: recovered ? "resolved" : "firing",
      asset,
      signature: name,
      word: /^(?:normal|p0|none)$/i.test(word) ? "" : word,
      message,
      identity,
      event_time: readTime(any(body, ["date", "last_updated"])),
      tags: [...scope, ...tags].slice(0, 64),
      links: webLinks([["Datadog", any(body, ["link", "url"])]]),
      flags,
      ...(monitor ? { family: `${orgOf(objectAt(body, "org"), body)}${monitor}` } : {}),
      ...(title.test || /^test/i.test(transition) ? { test: true } : {}),
    },
    "event_title",
  );
}

/** Monitors are numbered within an organisation. */
function orgOf(org: Record<string, unknown>, body: Record<string, unknown>): string {
  const id = filled(org, "id") || filled(body, "org_id");
  return id ? `${id}/` : "";
}

function parse(body: unknown): AdapterResult {
  if (!isObject(body))
    return { detail: "This is no Datadog webhook: it is no object.", fields: { body: "must be an object" } };
  return { items: [one(body)], many: false };
}

export const datadog: Adapter = { tool: TOOL, retriesOnlyOn5xx: true, parse, guide: datadogGuide };
