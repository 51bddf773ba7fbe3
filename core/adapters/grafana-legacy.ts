import { type AdapterItem, cut, isObject, text } from "./adapter.ts";
import {
  type Found,
  finish,
  firstOf,
  HOST_LABELS,
  listAt,
  objectAt,
  SEVERITY_LABELS,
  tagsOf,
  webLinks,
} from "./fields.ts";

/**
 * Grafana 7 and older: one rule and its state, and the series that matched. "ok" names no series, so it ends
 * every alert of the rule.
 */
export function isLegacy(body: Record<string, unknown>): boolean {
  return (
    text(body, "state") !== "" &&
    (text(body, "ruleName") !== "" || text(body, "ruleId") !== "" || text(body, "title") !== "")
  );
}

const FIRING = new Set(["alerting", "alert", "no_data", "nodata", "error"]);
/** A series is named by its metric only where that reads like a machine: "web-01", "10.0.0.7:9100", no "Count". */
const LIKE_A_HOST = /^[\p{L}\p{N}_-]+(?:[.:-][\p{L}\p{N}_-]+)+$|^[\p{L}_-]+\p{N}+$/u;

function isTest(body: Record<string, unknown>): boolean {
  return (
    text(body, "ruleName") === "Test notification" ||
    text(body, "message").startsWith("Someone is testing the alert notification") ||
    text(body, "ruleUrl").includes("/d/hZ7BuVbWz/test-dashboard")
  );
}

/** What all alerts of the rule share. */
function shared(body: Record<string, unknown>, tool: string): Found & { rule: string } {
  const name = firstOf(body, ["ruleName"]) || cut(text(body, "title"), 2048).replace(/^\s*\[[^\]]*\]\s*/, "");
  const rule = `${text(body, "orgId")}/${text(body, "ruleId") || name}`;
  const state = text(body, "state").toLowerCase();
  return {
    tool,
    rule,
    status: state === "ok" ? "resolved" : "firing",
    asset: firstOf(objectAt(body, "tags"), HOST_LABELS),
    signature: name,
    word: firstOf(objectAt(body, "tags"), SEVERITY_LABELS),
    message: text(body, "message"),
    identity: [["rule", rule]],
    tags: tagsOf(objectAt(body, "tags")),
    links: webLinks([
      ["Grafana", text(body, "ruleUrl")],
      ["Image", text(body, "imageUrl")],
    ]),
    flags: state === "no_data" || state === "nodata" ? ["no_data"] : [],
    family: rule,
    ...(isTest(body) ? { test: true } : {}),
  };
}

function ofMatch(value: unknown, { rule, ...common }: Found & { rule: string }): AdapterItem {
  if (!isObject(value)) return { fields: { evalMatches: "must hold objects" } };
  const tags = objectAt(value, "tags");
  const metric = text(value, "metric").trim();
  const flags = [...(common.flags ?? [])];
  let asset = firstOf(tags, HOST_LABELS) || common.asset;
  if (!asset && metric.length <= 253 && LIKE_A_HOST.test(metric)) {
    asset = metric;
    flags.push("guessed_asset");
  }
  const identity: [string, string][] = [["rule", rule]];
  if (metric && metric !== "{}") identity.push(["metric", cut(metric, 2048)]);
  for (const [name, tag] of tagsOf(tags)) identity.push([`tag.${name}`, tag]);
  const measured = text(value, "value");
  return finish(
    {
      ...common,
      asset,
      word: firstOf(tags, SEVERITY_LABELS) || common.word,
      message: common.message || (measured ? `${common.signature}: ${measured}` : ""),
      identity,
      tags: [...tagsOf(tags), ...(common.tags ?? [])].slice(0, 64),
      flags,
    },
    "ruleName",
  );
}

export function legacyItems(body: Record<string, unknown>, tool: string): AdapterItem[] {
  const { rule, ...common } = shared(body, tool);
  const state = text(body, "state").toLowerCase();
  if (state === "ok") return [finish({ ...common, whole_family: true }, "ruleName")];
  if (!FIRING.has(state)) {
    const update = {
      kind: "other" as const,
      by: null,
      text: `Grafana says that the rule is ${cut(state, 100)}.`,
    };
    return [finish({ ...common, update }, "ruleName")];
  }
  const matches = listAt(body, "evalMatches");
  if (matches.length === 0) return [finish(common, "ruleName")];
  return matches.map((match) => ofMatch(match, { rule, ...common }));
}
