import { type AdapterItem, cut, readTime, text } from "./adapter.ts";
import { conditionText, dimensions, isSample, lastSegment, severityWord } from "./azure-fields.ts";
import { finish, firstOf, listAt, objectAt, webLinks } from "./fields.ts";

const OVER = new Set(["resolved", "deactivated"]);

/** Metric alerts 2.0 (`data.status`, `data.context`), classic ones (both at the top), and activity log alerts. */
export function azureClassic(data: Record<string, unknown>, tool: string): AdapterItem {
  const flags: string[] = [];
  const activity = objectAt(data, "context", "activityLog");
  const logged = Object.keys(activity).length > 0;
  const context = logged ? activity : objectAt(data, "context");
  const state = text(data, "status").toLowerCase();
  if (!OVER.has(state) && state !== "activated") flags.push("guessed_status");
  const resource = firstOf(context, ["resourceId"]);
  const name = firstOf(context, logged ? ["operationName"] : ["name"]);
  const rule = firstOf(context, ["id"]) || name;
  const asset = firstOf(context, ["resourceName"]) || lastSegment(resource);
  const series = dimensions(context);
  const properties = objectAt(context, "properties");
  // An activity log alert tells of one thing that happened; nothing ever says that it is over.
  const resolved = OVER.has(state) && !logged;
  return finish(
    {
      tool,
      status: resolved ? "resolved" : "firing",
      asset,
      signature: name || firstOf(properties, ["title"]),
      word: severityWord(firstOf(context, ["severity", "level"])),
      message:
        firstOf(context, ["description"]) ||
        conditionText(context) ||
        firstOf(properties, ["title", "communication", "statusMessage"]),
      identity: [
        ["rule", cut(rule.toLowerCase(), 2048)],
        ["resource", cut(resource.toLowerCase() || asset.toLowerCase(), 2048)],
        ...series.map(([key, value]): [string, string] => [`dimension.${key}`, value]),
      ],
      event_time: readTime(firstOf(context, ["timestamp", "eventTimestamp"])),
      tags: series.slice(0, 40),
      links: webLinks([["Azure", text(context, "portalLink")]]),
      flags,
      family: rule.toLowerCase(),
      ...(isSample(firstOf(context, ["id"]), name) ? { test: true } : {}),
    },
    "data.context.name",
  );
}

/** Log alerts of before the common schema; they only ever fire. */
export function azureLogAlert(data: Record<string, unknown>, tool: string): AdapterItem {
  const item = listAt(data, "AffectedConfigurationItems")[0];
  const rule = firstOf(data, ["AlertRuleName"]);
  const asset = typeof item === "string" ? item : "";
  return finish(
    {
      tool,
      status: "firing",
      asset,
      signature: rule,
      word: severityWord(text(data, "Severity")),
      message:
        firstOf(data, ["Description"]) ||
        [text(data, "ResultCount"), firstOf(data, ["SearchQuery"])].join(" "),
      identity: [
        ["rule", cut(`${text(data, "SubscriptionId")}/${rule}`.toLowerCase(), 2048)],
        ["item", cut(asset.toLowerCase(), 2048)],
      ],
      event_time: readTime(firstOf(data, ["SearchIntervalEndtimeUtc", "SearchIntervalEndTimeUtc"])),
      links: webLinks([["Azure", firstOf(data, ["LinkToFilteredSearchResultsUI", "LinkToSearchResults"])]]),
    },
    "AlertRuleName",
  );
}
