import {
  type Adapter,
  type AdapterItem,
  type AdapterResult,
  cut,
  isObject,
  readTime,
  text,
} from "./adapter.ts";
import { dynatraceGuide } from "./dynatrace-guide.ts";
import { filled, finish, firstOf, listAt, objectAt, webLinks } from "./fields.ts";

/**
 * Dynatrace's problem notifications by a custom webhook:
 * https://docs.dynatrace.com/docs/analyze-explore-automate/notifications-and-alerting/problem-notifications/webhook-integration
 */
const TOOL = "dynatrace";

const SEVERITIES = new Map([
  ["availability", "critical"],
  ["error", "high"],
  ["performance", "medium"],
  ["resource_contention", "medium"],
  ["resource", "medium"],
  ["custom_alert", "medium"],
  ["monitoring_unavailable", "medium"],
  ["info", "low"],
]);

/** What the problem touches, a host first: people look for machines. */
function entityOf(
  body: Record<string, unknown>,
  details: Record<string, unknown>[],
): { name: string; entity: string } {
  const lists = [
    listAt(body, "ImpactedEntities"),
    ...details.flatMap((d) => [
      listAt(d, "impactedEntities"),
      listAt(d, "rankedEvents"),
      listAt(d, "rankedImpacts"),
    ]),
  ];
  for (const list of lists) {
    const objects = list.slice(0, 200).filter(isObject);
    const named = objects
      .map((o) => ({
        type: text(o, "type") || text(objectAt(o, "entityId"), "type"),
        name: firstOf(o, ["name", "entityName"]),
        entity: firstOf(o, ["entity", "entityId"]) || text(objectAt(o, "entityId"), "id"),
      }))
      .filter((e) => e.name && !/^\{[^{}]*\}$/.test(e.name));
    const found = named.find((e) => e.type === "HOST" || e.entity.startsWith("HOST-")) ?? named[0];
    if (found) return found;
  }
  const names = filled(body, "NamesOfImpactedEntities") || filled(body, "ImpactedEntityNames");
  return { name: names.split(",", 1)[0]?.trim() ?? "", entity: "" };
}

function statusOf(word: string, flags: string[]): "firing" | "resolved" {
  const state = word.toUpperCase();
  if (state === "RESOLVED" || state === "CLOSED") return "resolved";
  if (state === "MERGED") {
    // It goes on inside another problem, which has its own alert.
    flags.push("merged");
    return "resolved";
  }
  if (state !== "OPEN") flags.push("guessed_status");
  return "firing";
}

/** "[Environment]web" and "team:shop", split at commas. */
function tagsOf(raw: string): [string, string][] {
  return cut(raw, 16_384)
    .split(",")
    .slice(0, 60)
    .map((tag) => tag.trim())
    .filter(Boolean)
    .map((tag) => {
      const colon = tag.indexOf(":");
      return colon > 0
        ? [cut(tag.slice(0, colon), 200), cut(tag.slice(colon + 1), 1024)]
        : [cut(tag, 200), ""];
    });
}

function one(body: Record<string, unknown>): AdapterItem {
  const flags: string[] = [];
  const v1 = objectAt(body, "ProblemDetailsJSON");
  const v2 = objectAt(body, "ProblemDetailsJSONv2");
  const status = statusOf(filled(body, "State") || text(v1, "status") || text(v2, "status"), flags);
  const title = filled(body, "ProblemTitle") || text(v2, "title");
  const pid = filled(body, "PID") || firstOf(v1, ["id"]) || firstOf(v2, ["problemId"]);
  const problem = filled(body, "ProblemID") || text(v1, "displayName") || text(v2, "displayId");
  // P-numbers are used again after a while; only where a template has no PID.
  if (!pid && problem) flags.push("guessed_dedup_key");
  const { name, entity } = entityOf(body, [v1, v2]);
  const severity = (
    filled(body, "ProblemSeverity") ||
    text(v1, "severityLevel") ||
    text(v2, "severityLevel")
  ).toLowerCase();
  const time = status === "resolved" ? (v1.endTime ?? v2.endTime) : (v1.startTime ?? v2.startTime);
  return finish(
    {
      tool: TOOL,
      status,
      asset: name,
      signature: title,
      word: SEVERITIES.get(severity) ?? severity,
      message: filled(body, "ProblemDetails") || filled(body, "ProblemDetailsText") || title,
      caller_key: pid || problem || null,
      identity:
        pid || problem
          ? null
          : [
              ["title", cut(title, 2048)],
              ["entity", entity || name],
            ],
      event_time: readTime(time),
      tags: [
        ...tagsOf(filled(body, "Tags")),
        ...(entity ? [["entity", cut(entity, 1024)] as [string, string]] : []),
        ...(problem ? [["problem", cut(problem, 1024)] as [string, string]] : []),
      ],
      links: webLinks([["Dynatrace", filled(body, "ProblemURL") || filled(body, "Problem URL")]]),
      flags,
      group: pid,
      ...(isTest(body, title) ? { test: true } : {}),
    },
    "ProblemTitle",
  );
}

/** The button "Send test notification" leaves some of its placeholders as they stand. */
function isTest(body: Record<string, unknown>, title: string): boolean {
  return text(body, "PID").trim() === "{PID}" || /problem notification test run/i.test(cut(title, 500));
}

function parse(body: unknown): AdapterResult {
  if (!isObject(body))
    return {
      detail: "This is no Dynatrace notification: it is no object.",
      fields: { body: "must be an object" },
    };
  return { items: [one(body)], many: false };
}

export const dynatrace: Adapter = { tool: TOOL, retriesOnlyOn5xx: true, parse, guide: dynatraceGuide };
