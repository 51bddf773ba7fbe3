import {
  type Adapter,
  type AdapterItem,
  type AdapterResult,
  cut,
  isObject,
  readTime,
  text,
} from "./adapter.ts";
import { finish, firstOf, listAt, objectAt, webLinks } from "./fields.ts";
import { pingdomGuide } from "./pingdom-guide.ts";

/** Pingdom's state change webhook, uptime and transaction checks: https://www.pingdom.com/resources/webhooks/ */
const TOOL = "pingdom";

/** Transaction checks succeed and fail; all others are up and down. */
function recovered(state: string, flags: string[]): boolean {
  if (/^(UP|SUCCESS|SUCCESSFUL|OK)$/.test(state)) return true;
  if (!/^(DOWN|FAIL|FAILING|FAILED|UNCONFIRMED_DOWN)$/.test(state)) flags.push("guessed_status");
  return false;
}

function one(body: Record<string, unknown>): AdapterItem {
  const params = objectAt(body, "check_params");
  const state = text(body, "current_state").trim().toUpperCase();
  const flags: string[] = [];
  const over = recovered(state, flags);
  const name = text(body, "check_name").trim();
  const id = text(body, "check_id").trim();
  const host = firstOf(params, ["hostname", "host", "url"]);
  const short = text(body, "description").trim();
  const long = text(body, "long_description").trim();
  const custom = text(body, "custom_message").trim();
  const probe = objectAt(body, "first_probe");
  const message = [...new Set([short, long, custom])].filter(Boolean).join("\n");
  // The example of Pingdom's documentation, which its "test" sends.
  const test = id === "12345" && /^Name of |example\.com/i.test(`${name} ${host}`);
  const facts: [string, string][] = [
    ["check", name],
    ["type", text(body, "check_type")],
    ["probe", text(probe, "location")],
    ["full_url", text(params, "full_url").replace(/[?#].*$/s, "")],
  ];
  const labels = listAt(body, "tags")
    .slice(0, 32)
    .map((tag): [string, string] => [
      cut(isObject(tag) ? text(tag, "name") : typeof tag === "string" ? tag : "", 200),
      "",
    ]);
  return finish(
    {
      tool: TOOL,
      status: over ? "resolved" : "firing",
      asset: host || name,
      signature: name || host,
      word: text(body, "importance_level"),
      message: message || `${name} is ${state || "in an unknown state"}`,
      identity: id ? [["check", id]] : null,
      event_time:
        readTime(body.state_changed_timestamp) ?? readTime(`${text(body, "state_changed_utc_time")}Z`),
      tags: [...facts.filter(([, value]) => value), ...labels.filter(([label]) => label)].map(([n, v]) => [
        n,
        cut(v, 1024),
      ]),
      links: webLinks([
        ["Pingdom", /^\d{1,20}$/.test(id) ? `https://my.pingdom.com/app/reports/uptime#check=${id}` : ""],
        ["Checked address", text(params, "full_url").replace(/[?#].*$/s, "")],
      ]),
      flags,
      ...(state === "UNCONFIRMED_DOWN"
        ? { update: { kind: "other" as const, by: null, text: cut(message || "Not yet confirmed.", 1000) } }
        : {}),
      ...(test ? { test: true } : {}),
    },
    "check_name",
  );
}

function parse(body: unknown): AdapterResult {
  if (!isObject(body) || !["check_id", "check_name", "current_state"].some((name) => text(body, name))) {
    return {
      detail: "This is no Pingdom webhook: it names no check.",
      fields: { check_id: "is required" },
    };
  }
  return { items: [one(body)], many: false };
}

export const pingdom: Adapter = { tool: TOOL, retriesOnlyOn5xx: true, parse, guide: pingdomGuide };
