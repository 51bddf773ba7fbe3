import { type AdapterItem, cut, readTime, text } from "./adapter.ts";
import { conditionText, dimensions, isSample, lastSegment, severityWord } from "./azure-fields.ts";
import { finish, firstOf, listAt, objectAt, tagsOf, webLinks } from "./fields.ts";

const first = (list: unknown[]): string => (typeof list[0] === "string" ? list[0].trim() : "");

/** What a log search may name a machine by; its target is the workspace. */
const COMPUTER = ["Computer", "computer", "HostName", "host", "_ResourceId"];

/**
 * Service and resource health arrive as activity log alerts, which are always "Fired"; their own stage says
 * whether it is over. Null for all others.
 */
function healthOver(service: string, properties: Record<string, unknown>): boolean | null {
  if (service === "servicehealth" || service === "service health")
    return /^(?:resolved|rca|complete|closed)$/i.test(firstOf(properties, ["stage"]));
  if (service === "resourcehealth" || service === "resource health")
    return /^available$/i.test(firstOf(properties, ["currentHealthStatus"]));
  return null;
}

function keyOf(
  essentials: Record<string, unknown>,
  properties: Record<string, unknown>,
  health: boolean,
): string {
  // A health event is told by several alerts of different ids, of which the tracking id is the same.
  if (health) {
    const tracking = firstOf(properties, ["trackingId"]);
    if (tracking) return `tracking:${tracking}`;
    const target = first(listAt(essentials, "alertTargetIDs")).toLowerCase();
    if (target) return `health:${target}`;
  }
  return text(essentials, "alertId") || text(essentials, "originAlertId");
}

export function azureCommon(data: Record<string, unknown>, tool: string): AdapterItem {
  const flags: string[] = [];
  const essentials = objectAt(data, "essentials");
  const context = objectAt(data, "alertContext");
  const properties = objectAt(context, "properties");
  const rule = firstOf(essentials, ["alertRule"]);
  const state = text(essentials, "monitorCondition").toLowerCase();
  if (state !== "fired" && state !== "resolved") flags.push("guessed_status");
  const service = text(essentials, "monitoringService").toLowerCase();
  const over = healthOver(service, properties);
  const resolved = state === "resolved" || over === true;
  const target = first(listAt(essentials, "alertTargetIDs"));
  const series = dimensions(context);
  const computer = firstOf(Object.fromEntries(series), COMPUTER);
  const supplier = firstOf(properties, ["service"]);
  const asset =
    supplier && over !== null
      ? `Azure ${supplier}`
      : lastSegment(computer) || first(listAt(essentials, "configurationItems")) || lastSegment(target);
  const key = keyOf(essentials, properties, over !== null);
  const built =
    conditionText(context) || firstOf(properties, ["title", "communication", "details", "statusMessage"]);
  const title = firstOf(properties, ["title"]);
  const activity = firstOf(context, ["operationName"]);
  return finish(
    {
      tool,
      status: resolved ? "resolved" : "firing",
      asset,
      signature: rule || title || activity,
      word: severityWord(text(essentials, "severity")) || firstOf(context, ["level"]),
      message:
        firstOf(essentials, ["description"]) ||
        built ||
        [activity, firstOf(context, ["status"])].filter(Boolean).join(" "),
      caller_key: key || null,
      identity: key
        ? null
        : [
            ["rule", cut(rule, 2048)],
            ["target", cut(target.toLowerCase(), 2048)],
          ],
      event_time: readTime(
        resolved && state === "resolved" ? essentials.resolvedDateTime : essentials.firedDateTime,
      ),
      tags: [
        ...series.slice(0, 20),
        ...tagsOf({
          signal: text(essentials, "signalType"),
          service: text(essentials, "monitoringService"),
          target,
          operation: activity,
        }),
      ],
      links: webLinks([
        [
          "Azure",
          firstOf(essentials, ["investigationLink"]) ||
            firstOf(context, ["linkToSearchResultsUI", "LinkToSearchResults"]),
        ],
      ]),
      flags: rule ? flags : [...flags, "guessed_signature"],
      ...(rule ? { family: rule } : {}),
      ...(isSample(text(essentials, "alertId") || target, rule) ? { test: true } : {}),
    },
    "data.essentials.alertRule",
  );
}
