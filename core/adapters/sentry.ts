import type { SourceUpdate } from "../alert.ts";
import {
  type Adapter,
  type AdapterItem,
  type AdapterResult,
  cut,
  type HeaderOf,
  isObject,
  readTags,
  readTime,
  text,
} from "./adapter.ts";
import { finish, firstOf, listAt, objectAt, webLinks } from "./fields.ts";
import { sentryGuide } from "./sentry-guide.ts";

/**
 * Sentry's integration platform (the resource is named by a header) and its WebHooks plugin of before:
 * https://docs.sentry.io/organization/integrations/integration-platform/webhooks/
 */
const TOOL = "sentry";

/** Tags of an event, which come as pairs or as objects of key and value. */
function eventTags(event: Record<string, unknown>): Record<string, string> {
  const found: [string, string][] = [];
  for (const item of listAt(event, "tags").slice(0, 64)) {
    const [name, value] = Array.isArray(item) ? item : isObject(item) ? [item.key, item.value] : [];
    if (typeof name === "string" && typeof value === "string") found.push([cut(name, 200), cut(value, 1024)]);
  }
  return Object.fromEntries(found);
}

/** ".../projects/acme/shop/events/..." names the project; an event itself has only its number. */
function projectOf(url: string): string {
  return /\/projects\/[^/]{1,200}\/([^/]{1,200})\//.exec(cut(url, 2048))?.[1] ?? "";
}

const issueIn = (url: string): string => /\/issues\/(\d{1,30})/.exec(cut(url, 2048))?.[1] ?? "";

function updateOf(action: string, body: Record<string, unknown>): SourceUpdate | null {
  const actor = firstOf(objectAt(body, "actor"), ["name"]);
  const by = actor ? cut(actor, 200) : null;
  if (action === "assigned") {
    const to = firstOf(objectAt(body, "data", "issue", "assignedTo"), ["name", "email"]);
    return {
      kind: "assigned",
      by,
      text: to ? `Assigned to ${cut(to, 200)} in Sentry.` : "Assigned in Sentry.",
    };
  }
  if (action === "ignored" || action === "archived")
    return { kind: "other", by, text: "Archived in Sentry." };
  return null;
}

/** The time of a change of state; `lastSeen` is that of the newest event, which came before. */
const hookTime = (header: HeaderOf | undefined) => readTime(header?.("sentry-hook-timestamp") ?? null);

function issue(body: Record<string, unknown>, action: string, header: HeaderOf | undefined): AdapterItem {
  const it = objectAt(body, "data", "issue");
  const id = text(it, "id");
  const flags: string[] = [];
  const status =
    action === "resolved" || (!action && text(it, "status") === "resolved") ? "resolved" : "firing";
  const update = updateOf(action, body);
  if (!update && !["created", "resolved", "unresolved"].includes(action)) flags.push("guessed_status");
  const project = objectAt(it, "project");
  const title = firstOf(it, ["title"]) || firstOf(objectAt(it, "metadata"), ["title", "type"]);
  return finish(
    {
      tool: TOOL,
      status,
      asset: firstOf(project, ["slug", "name"]),
      signature: title,
      word: firstOf(it, ["level"]),
      message: [title, firstOf(it, ["culprit"])].filter(Boolean).join("\n"),
      caller_key: id || null,
      event_time: action === "created" ? readTime(it.firstSeen) : hookTime(header),
      tags: readTags({ project: text(project, "slug"), issue: text(it, "shortId") }).filter(
        ([, value]) => value,
      ),
      links: webLinks([["Sentry", firstOf(it, ["web_url", "permalink"])]]),
      flags,
      ...(update ? { update } : {}),
    },
    "data.issue.title",
  );
}

function comment(body: Record<string, unknown>, action: string): AdapterItem {
  const data = objectAt(body, "data");
  const id = text(data, "issue_id");
  const project = firstOf(data, ["project_slug"]);
  const actor = firstOf(objectAt(body, "actor"), ["name"]);
  const words = firstOf(data, ["comment"]);
  return finish(
    {
      tool: TOOL,
      status: "firing",
      asset: project,
      signature: id ? `Sentry issue ${id}` : "",
      word: "low",
      message: words,
      caller_key: id || null,
      event_time: readTime(data.timestamp),
      update: {
        kind: "comment",
        by: actor ? cut(actor, 200) : null,
        text: cut(words || `A comment was ${action || "changed"} in Sentry.`, 2000),
      },
    },
    "data.issue_id",
  );
}

/** An event: of an alert rule, of the resource "error", or inside the body of the WebHooks plugin. */
function event(it: Record<string, unknown>, plugin: Record<string, unknown>): AdapterItem {
  const tags = eventTags(it);
  const url = firstOf(it, ["url"]);
  const id = text(it, "issue_id") || issueIn(firstOf(it, ["issue_url", "web_url"])) || text(plugin, "id");
  const title = firstOf(it, ["title"]) || firstOf(objectAt(it, "metadata"), ["title", "type"]);
  const project =
    firstOf(plugin, ["project_slug", "project"]) ||
    firstOf(objectAt(it, "project"), ["slug"]) ||
    projectOf(url);
  const said = firstOf(objectAt(it, "logentry"), ["formatted", "message"]) || firstOf(it, ["message"]);
  const asset = tags.server_name || project;
  const signature = title || firstOf(plugin, ["message"]) || said.split("\n", 1)[0] || "";
  const level = firstOf(it, ["level"]) || firstOf(plugin, ["level"]) || tags.level || "";
  return finish(
    {
      tool: TOOL,
      status: "firing",
      asset,
      signature,
      word: level,
      message:
        firstOf(plugin, ["message"]) || said || [title, firstOf(it, ["culprit"])].filter(Boolean).join("\n"),
      caller_key: id || null,
      identity: id
        ? null
        : [
            ["asset", asset],
            ["title", cut(signature, 2048)],
          ],
      event_time: readTime(firstOf(it, ["datetime"])) ?? readTime(it.timestamp) ?? readTime(it.received),
      tags: Object.entries(tags),
      links: webLinks([["Sentry", firstOf(it, ["web_url"]) || firstOf(plugin, ["url"])]]),
      // The events that Sentry makes for its test buttons.
      ...(tags.sample_event === "yes" ? { test: true } : {}),
    },
    "data.event.title",
  );
}

/** A metric alert is an incident of Sentry's own: critical, warning, resolved. */
function metricAlert(
  body: Record<string, unknown>,
  action: string,
  header: HeaderOf | undefined,
): AdapterItem {
  const data = objectAt(body, "data");
  const it = objectAt(data, "metric_alert");
  const rule = objectAt(it, "alert_rule");
  const id = text(it, "id") || text(it, "identifier");
  const name = firstOf(rule, ["name"]) || firstOf(it, ["title"]) || firstOf(data, ["description_title"]);
  const projects = [...listAt(it, "projects"), ...listAt(rule, "projects")];
  const asset = typeof projects[0] === "string" ? projects[0] : "";
  const flags = ["critical", "warning", "resolved", "open"].includes(action) ? [] : ["guessed_status"];
  const ruleId = text(rule, "id");
  return finish(
    {
      tool: TOOL,
      status: action === "resolved" ? "resolved" : "firing",
      asset,
      signature: name,
      word: action === "critical" || action === "warning" ? action : "",
      message: [firstOf(data, ["description_title"]), firstOf(data, ["description_text"])]
        .filter(Boolean)
        .join("\n"),
      caller_key: id ? `metric:${id}` : null,
      identity: id
        ? null
        : [
            ["metric_rule", ruleId || cut(name, 2048)],
            ["project", cut(asset, 1024)],
          ],
      event_time: hookTime(header),
      links: webLinks([["Sentry", firstOf(data, ["web_url"])]]),
      flags,
      ...(ruleId ? { family: `metric_rule:${ruleId}` } : {}),
    },
    "data.metric_alert.alert_rule.name",
  );
}

function one(body: Record<string, unknown>, header: HeaderOf | undefined): AdapterItem | null {
  const data = objectAt(body, "data");
  const action = text(body, "action").toLowerCase();
  const resource = header?.("sentry-hook-resource")?.toLowerCase() ?? "";
  if (resource === "comment" || (isObject(body.data) && "comment" in data)) return comment(body, action);
  if (isObject(data.metric_alert)) return metricAlert(body, action, header);
  if (isObject(data.issue)) return issue(body, action, header);
  for (const name of ["event", "error"]) {
    const found = data[name];
    if (isObject(found)) return event(found, {});
  }
  if (isObject(body.event) || text(body, "project_slug") || text(body, "culprit"))
    return event(objectAt(body, "event"), body);
  return null;
}

function parse(body: unknown, header?: HeaderOf): AdapterResult {
  const item = isObject(body) ? one(body, header) : null;
  if (item) return { items: [item], many: false };
  return {
    detail: "This is no alert of Sentry: it speaks of no issue, event or metric alert.",
    fields: { data: "must hold issue, event, error, metric_alert or comment" },
  };
}

export const sentry: Adapter = { tool: TOOL, retriesOnlyOn5xx: false, parse, guide: sentryGuide };
