import type { SourceUpdate } from "../alert.ts";
import {
  type Adapter,
  type AdapterItem,
  type AdapterResult,
  cut,
  isObject,
  MESSAGE_MAX,
  readTime,
  text,
} from "./adapter.ts";
import { filled, finish, webLinks } from "./fields.ts";
import { site24x7Guide } from "./site24x7-guide.ts";

/** Site24x7's webhook with all its variables, as JSON or form: https://www.site24x7.com/help/admin/third-party-integration/webhooks.html */
const TOOL = "site24x7";

const WORDS: Record<string, string> = { DOWN: "critical", CRITICAL: "high", TROUBLE: "medium", UP: "low" };

function updateOf(status: string, words: string): SourceUpdate | null {
  const text = cut(words || status, MESSAGE_MAX);
  if (/^(MAINTENANCE|SUSPENDED)/.test(status)) return { kind: "downtime_started", by: null, text };
  return /^(ACKNOWLEDGED|ASSIGNED)/.test(status)
    ? { kind: status.startsWith("ACK") ? "acknowledged" : "assigned", by: null, text }
    : null;
}

/** Which monitor: its own id, else the one in the link to its page. */
function monitorId(read: (name: string) => string): string {
  const link = read("MONITOR_DASHBOARD_LINK");
  return read("MONITOR_ID") || read("MONITORID") || (/\/monitors\/([^/?#]{1,100})/.exec(link)?.[1] ?? "");
}

function hostOf(url: string): string {
  return /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:[^/?#@]*@)?([^/?#:@[\]\s]{1,255})/i.exec(url)?.[1] ?? "";
}

function one(body: Record<string, unknown>): AdapterItem {
  const read = (name: string): string => filled(body, name) || filled(body, name.toLowerCase());
  const status = read("STATUS").toUpperCase();
  const name = read("MONITORNAME") || read("MONITOR_NAME");
  const address = read("MONITORURL");
  const reason = read("INCIDENT_REASON") || read("REASON");
  const id = monitorId(read);
  const type = read("MONITORTYPE");
  const known = Object.hasOwn(WORDS, status);
  const update = updateOf(status, reason);
  const test = /^test\b/i.test(status) || (!status && !name) || /\btest (alert|notification)\b/i.test(reason);
  const over = status === "UP";
  return finish(
    {
      tool: TOOL,
      status: over ? "resolved" : "firing",
      // Several monitors watch one site, so its host is the asset and the monitor's name is what is wrong with it.
      asset: hostOf(address) || name || (test ? TOOL : ""),
      signature: name || (test ? "Test notification" : ""),
      word: known ? (WORDS[status] as string) : status,
      message: reason || `${name} is ${status || "in an unknown state"}`,
      identity: id || name ? [["monitor", id || name]] : null,
      event_time:
        readTime(read("INCIDENT_TIME_ISO")) ??
        readTime(read("ct")) ??
        (over ? null : readTime(read("OUTAGE_TIME_UNIX_FORMAT"))),
      tags: [
        ["type", type],
        ["groups", read("MONITOR_GROUPNAME")],
        ["failed_locations", read("FAILED_LOCATIONS")],
        ["tags", read("TAGS")],
        ["outage_since", read("OUTAGE_TIME_UNIX_FORMAT")],
      ].flatMap(([tag, value]): [string, string][] => (tag && value ? [[tag, cut(value, 1024)]] : [])),
      links: webLinks([
        ["Site24x7", read("MONITOR_DASHBOARD_LINK")],
        ["Root cause analysis", read("RCA_LINK")],
      ]),
      flags: known || update || test ? [] : ["guessed_status"],
      ...(update ? { update } : {}),
      ...(test ? { test: true } : {}),
    },
    "MONITORNAME",
  );
}

function parse(body: unknown): AdapterResult {
  const any = (name: string) =>
    isObject(body) && (text(body, name) !== "" || text(body, name.toLowerCase()) !== "");
  if (!isObject(body) || !["MONITORNAME", "STATUS", "MONITOR_DASHBOARD_LINK"].some(any)) {
    return {
      detail: "This is no Site24x7 webhook: it names no monitor.",
      fields: { MONITORNAME: "is required: send all the variables, as the guide says" },
    };
  }
  return { items: [one(body)], many: false };
}

export const site24x7: Adapter = { tool: TOOL, retriesOnlyOn5xx: true, parse, guide: site24x7Guide };
