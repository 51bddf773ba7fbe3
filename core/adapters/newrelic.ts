import type { SourceUpdate } from "../alert.ts";
import {
  type Adapter,
  type AdapterItem,
  type AdapterResult,
  cut,
  isObject,
  readTime,
  text,
} from "./adapter.ts";
import { filled, finish, firstOf, HOST_LABELS, listAt, objectAt, tagsOf, webLinks } from "./fields.ts";
import { newrelicGuide } from "./newrelic-guide.ts";

/**
 * New Relic: the webhook of a workflow (an issue), and the notification channels of before (an incident):
 * https://docs.newrelic.com/docs/alerts/get-notified/notification-integrations/
 */
const TOOL = "newrelic";

const FIRING = new Set(["created", "activated", "open", "opened", "acknowledged", "unacknowledged"]);
const OVER = new Set(["closed", "deactivated", "resolved"]);

const NAMES_MAX = 100;

/** Names of a template's list, the first hundred: an array, or one text where the template gave one. */
function namesAt(body: Record<string, unknown>, name: string): string[] {
  const list = listAt(body, name)
    .slice(0, NAMES_MAX)
    .flatMap((item) => (typeof item === "string" && item.trim() ? [item.trim()] : []));
  const single = filled(body, name);
  return list.length > 0 ? list : single ? [single] : [];
}

function acknowledgement(by: string, state: string): SourceUpdate {
  const undone = state === "unacknowledged";
  return {
    kind: undone ? "other" : "acknowledged",
    by: by ? cut(by, 200) : null,
    text: undone ? "The acknowledgement was taken back in New Relic." : "Acknowledged in New Relic.",
  };
}

function stateOf(word: string, flags: string[]): "firing" | "resolved" {
  if (OVER.has(word)) return "resolved";
  if (!FIRING.has(word)) flags.push("guessed_status");
  return "firing";
}

function issue(body: Record<string, unknown>): AdapterItem {
  const flags: string[] = [];
  const state = filled(body, "state").toLowerCase();
  const trigger = filled(body, "trigger").toLowerCase();
  const status = stateOf(state, flags);
  const acknowledged =
    state === "acknowledged" ||
    state === "unacknowledged" ||
    (status === "firing" && /acknowledge/.test(trigger));
  const entities = namesAt(body, "impactedEntities");
  const conditions = namesAt(body, "alertConditionNames");
  const title = filled(body, "title");
  const id = filled(body, "id") || filled(body, "issueId");
  if (!conditions[0]) flags.push("guessed_signature");
  // One issue speaks of several things; it is filed under the first, the others stay readable in the tags.
  if (entities.length > 1) flags.push("guessed_asset");
  const correlated = text(body, "isCorrelated") === "true";
  return finish(
    {
      tool: TOOL,
      status,
      asset: entities[0] ?? "",
      signature: conditions[0] ?? title,
      word: filled(body, "priority"),
      message: [title, ...namesAt(body, "description")]
        .filter((part, i, all) => part && all.indexOf(part) === i)
        .join("\n"),
      caller_key: id || null,
      identity: id
        ? null
        : [
            ["condition", conditions[0] ?? title],
            ["entity", entities[0] ?? ""],
          ],
      event_time: readTime(
        status === "resolved" ? (body.closedAt ?? body.updatedAt) : (body.updatedAt ?? body.createdAt),
      ),
      tags: [
        ...entities.slice(0, 20).map((name): [string, string] => ["entity", cut(name, 1024)]),
        ...conditions.slice(0, 10).map((name): [string, string] => ["condition", cut(name, 1024)]),
        ...namesAt(body, "alertPolicyNames")
          .slice(0, 5)
          .map((name): [string, string] => ["policy", cut(name, 1024)]),
        ...(correlated ? [["correlated", "true"] as [string, string]] : []),
      ],
      links: webLinks([
        ["New Relic", filled(body, "issueUrl")],
        ["Runbook", namesAt(body, "runbookUrl")[0] ?? ""],
      ]),
      flags,
      group: id,
      ...(acknowledged
        ? {
            update: acknowledgement(
              filled(body, "acknowledgedBy") || filled(body, "owner"),
              /un-?acknowledge/.test(trigger) ? "unacknowledged" : state,
            ),
          }
        : {}),
      ...(/\btest notification\b/i.test(cut(title, 500)) ? { test: true } : {}),
    },
    "title",
  );
}

function legacyTest(body: Record<string, unknown>, target: Record<string, unknown>): boolean {
  return (
    text(body, "incident_id") === "0" ||
    text(target, "product") === "TESTING" ||
    text(body, "condition_name") === "New Relic Alert - Test Condition"
  );
}

function incident(body: Record<string, unknown>): AdapterItem {
  const flags: string[] = [];
  const state = filled(body, "current_state").toLowerCase();
  const target = objectAt({ first: listAt(body, "targets")[0] }, "first");
  const labels = objectAt(target, "labels");
  const id = filled(body, "incident_id");
  const condition = filled(body, "condition_name");
  return finish(
    {
      tool: TOOL,
      status: stateOf(state, flags),
      asset: firstOf(labels, HOST_LABELS) || firstOf(target, ["name"]),
      signature: condition || filled(body, "policy_name"),
      word: filled(body, "severity"),
      message: filled(body, "details"),
      caller_key: id ? `incident:${id}` : null,
      identity: id
        ? null
        : [
            ["condition", filled(body, "condition_id") || condition],
            ["target", firstOf(target, ["id", "name"])],
          ],
      event_time: readTime(body.timestamp),
      tags: [...tagsOf(labels), ["policy", cut(filled(body, "policy_name"), 1024)]],
      links: webLinks([
        ["New Relic", filled(body, "incident_url")],
        ["Runbook", filled(body, "runbook_url")],
      ]),
      flags,
      group: id ? `incident:${id}` : null,
      ...(state === "acknowledged" ? { update: acknowledgement(filled(body, "owner"), state) } : {}),
      ...(legacyTest(body, target) ? { test: true } : {}),
    },
    "condition_name",
  );
}

function parse(body: unknown): AdapterResult {
  if (!isObject(body))
    return {
      detail: "This is no New Relic webhook: it is no object.",
      fields: { body: "must be an object" },
    };
  const legacy = text(body, "current_state") !== "" || text(body, "condition_name") !== "";
  return { items: [legacy ? incident(body) : issue(body)], many: false };
}

export const newrelic: Adapter = { tool: TOOL, retriesOnlyOn5xx: true, parse, guide: newrelicGuide };
