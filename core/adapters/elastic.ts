import {
  type Adapter,
  type AdapterItem,
  type AdapterResult,
  cut,
  isObject,
  readTags,
  readTime,
} from "./adapter.ts";
import { elasticGuide } from "./elastic-guide.ts";
import { filled, finish, firstOf, HOST_LABELS, listAt, objectAt, webLinks } from "./fields.ts";

/**
 * Kibana's webhook connector, Watcher's webhook action and ElastAlert: none has a body of its own, so this
 * reads our templates and whatever names the usual variables have in other people's.
 */
const TOOL = "elastic";

type Fields = Record<string, unknown>;

/** Templates can write an object as JSON in a text. */
function opened(from: Fields, name: string): Fields {
  const value = Object.hasOwn(from, name) ? from[name] : undefined;
  if (typeof value !== "string" || !value.startsWith("{")) return objectAt(from, name);
  try {
    const read: unknown = JSON.parse(value);
    return isObject(read) ? read : {};
  } catch {
    return {};
  }
}

const any = (from: Fields, names: string[]): string => {
  for (const name of names) {
    const value = filled(from, name);
    if (value) return value;
  }
  return "";
};

/** The variables of Kibana's rules and of Watcher, wherever the template put them. */
function read(body: Fields) {
  const outer = Object.hasOwn(body, "webhook_body") ? opened(body, "webhook_body") : body;
  const pick = (name: string): Fields => {
    const direct = opened(outer, name);
    return Object.keys(direct).length > 0 ? direct : opened(outer, `${name}_info`);
  };
  const rule = pick("rule");
  const alert = pick("alert");
  const context = pick("context");
  const watch = Object.hasOwn(outer, "ctx") ? opened(outer, "ctx") : outer;
  return { outer, rule, alert, context, watch, metadata: opened(watch, "metadata") };
}

const OVER = /^(?:recovered|resolved|ok|closed|inactive)$/i;
/** What an action group says of how bad it is: "metrics.threshold.warning", "slo.burnRate.high". */
const GROUP_WORD = /(?:^|[.\s_])(critical|alert|high|medium|low|warning|error)$/i;
/** Ids of alerts that name no thing. */
const NO_THING = /^(?:\*|query matched|threshold met|default|all|none|[0-9a-f]{8}-[0-9a-f-]{27}|.*;.*)$/i;

/** "infra,severity:high", `["infra"]` as a text, or the list itself. */
function tagList(from: Fields): [string, string][] {
  const list = listAt(from, "tags");
  if (list.length > 0) return readTags(list);
  const words = cut(filled(from, "tags"), 16_384)
    .replace(/^\[|\]$/g, "")
    .split(",")
    .map((tag) => tag.trim().replace(/^"|"$/g, ""));
  return readTags(words.filter(Boolean));
}

function one(body: Fields): AdapterItem {
  const flags: string[] = [];
  const { outer, rule, alert, context, watch, metadata } = read(body);
  const name =
    any(outer, ["rule_name", "watch_name", "alert_name", "name"]) ||
    any(rule, ["name"]) ||
    any(metadata, ["name"]);
  const watchId = any(watch, ["watch_id"]);
  const signature = name || watchId || any(outer, ["title"]) || any(context, ["title"]);
  if (!name && !watchId) flags.push("guessed_signature");
  const group =
    any(outer, ["action_group", "actionGroup", "alert_action_group"]) || any(alert, ["actionGroup"]);
  const state =
    any(outer, ["status", "state", "alert_state", "event_action"]) || any(alert, ["state", "status"]);
  const sources = [outer, objectAt(outer, "host"), context, objectAt(context, "host"), metadata];
  let asset = any(outer, ["host", "hostname", "host_name", "asset_name"]);
  if (!asset)
    asset =
      any(objectAt(outer, "host"), ["name", "hostname"]) ||
      any(objectAt(context, "host"), ["name", "hostname"]);
  if (!asset)
    asset =
      sources.map((from) => firstOf(from, HOST_LABELS)).find((found) => found && !/^\{/.test(found)) ?? "";
  const alertId = any(outer, ["alert_id", "alertInstanceId"]) || any(alert, ["id"]);
  const grouped = any(outer, ["group", "group_by"]) || any(context, ["group"]);
  if (!asset) {
    asset = [grouped, alertId].find((id) => id && !NO_THING.test(cut(id, 500))) ?? "";
    if (asset) flags.push("guessed_asset");
  }
  const own = tagList(outer);
  const tags = own.length > 0 ? own : tagList(rule);
  const tagged = Object.fromEntries(tags);
  const word =
    any(outer, ["severity", "priority"]) ||
    any(context, ["severity"]) ||
    any(objectAt(context, "rule"), ["severity"]) ||
    any(metadata, ["severity"]) ||
    tagged.severity ||
    GROUP_WORD.exec(cut(group, 200))?.[1] ||
    "";
  const ruleId = any(outer, ["rule_id"]) || any(rule, ["id"]) || watchId || signature;
  const space = any(outer, ["space"]) || any(rule, ["spaceId"]);
  const url = any(outer, ["url", "alert_url"]) || any(context, ["alertDetailsUrl"]);
  const uuid = any(outer, ["alert_uuid"]) || any(alert, ["uuid"]);
  return finish(
    {
      tool: TOOL,
      status: OVER.test(group) || OVER.test(state) ? "resolved" : "firing",
      asset,
      signature,
      word,
      message:
        any(outer, ["reason", "message", "alert_text"]) ||
        any(context, ["reason", "message"]) ||
        any(outer, ["title"]),
      caller_key: any(outer, ["dedup_key"]) || null,
      identity: [
        ["rule", cut(space ? `${space}/${ruleId}` : ruleId, 2048)],
        ["alert", cut(alertId || grouped || asset, 2048)],
      ],
      event_time: readTime(
        any(outer, ["date", "timestamp", "@timestamp", "triggered_time"]) ||
          any(objectAt(watch, "trigger"), ["triggered_time"]) ||
          any(watch, ["execution_time"]),
      ),
      tags,
      links: webLinks([
        ["Kibana", url],
        ["Rule", any(outer, ["rule_url"]) || any(rule, ["url"])],
      ]),
      flags: group || state || watchId ? flags : [...flags, "guessed_status"],
      family: ruleId,
      ...(uuid ? { group: uuid } : {}),
      ...(/^(?:test|connector test)$/i.test(any(outer, ["status"])) ? { test: true } : {}),
    },
    "rule_name",
  );
}

function parse(body: unknown): AdapterResult {
  if (!isObject(body) || Object.keys(body).length === 0)
    return {
      detail: "This is no alert of the Elastic Stack: it is no object.",
      fields: { body: "must be an object" },
    };
  return { items: [one(body)], many: false };
}

export const elastic: Adapter = { tool: TOOL, retriesOnlyOn5xx: false, parse, guide: elasticGuide };
