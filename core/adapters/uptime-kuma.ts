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
import { finish, firstOf, listAt, objectAt, SEVERITY_LABELS, webLinks } from "./fields.ts";
import { uptimeKumaGuide } from "./uptime-kuma-guide.ts";

/**
 * Uptime Kuma's webhook, preset "application/json": {heartbeat, monitor, msg}. The monitor is its whole
 * configuration, passwords included: only what is named here is read.
 * https://github.com/louislam/uptime-kuma/wiki/Notification-Methods
 */
const TOOL = "uptime-kuma";

const STATES = ["down", "up", "pending", "maintenance"] as const;

/** Name and value of the monitor's own labels. */
function labelsOf(monitor: Record<string, unknown>): [string, string][] {
  return listAt(monitor, "tags")
    .filter(isObject)
    .map((tag): [string, string] => [cut(text(tag, "name"), 200), cut(text(tag, "value"), 1024)])
    .filter(([name]) => name !== "")
    .slice(0, 32);
}

/** Host of a web address, without a password or a port; "" for what is none, such as Kuma's preset "https://". */
const hostOf = (url: string) =>
  /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?([^/?#:@[\]]{1,255})/i.exec(url)?.[1] ?? "";

/** Without a name, a password, a query: what is left may be shown. */
function harmless(url: string): string {
  const found = /^(https?:\/\/)(?:[^/?#@]*@)?([^?#@]{1,2000})/i.exec(url);
  return found ? `${found[1]}${found[2]}` : "";
}

function updateOf(state: string, words: string): SourceUpdate | null {
  if (state === "maintenance")
    return { kind: "downtime_started", by: null, text: words || "Under maintenance." };
  return state === "pending" ? { kind: "other", by: null, text: words || "It is being tried again." } : null;
}

/** Status 0 to 3; of a template of the customer's own perhaps a word, or only the message: "[Shop] [🔴 Down] ...". */
function stateOf(heartbeat: Record<string, unknown>, msg: string, flags: string[]): string {
  const status = text(heartbeat, "status").trim();
  if (/^[0-3]$/.test(status)) return STATES[Number(status)] as string;
  flags.push("guessed_status");
  const word =
    status.toLowerCase() || (/\[\S{0,4}\s?(up|down)\]/i.exec(msg.slice(0, 1000))?.[1] ?? "").toLowerCase();
  return word === "up" ? "up" : "down";
}

/** "[Shop][https://shop.example] Server certificate shop.example will be expired in 7 days": only ever a message. */
const CERTIFICATE =
  /^\[([^\]]{1,300})\]\[([^\]]{1,2000})\] .{0,400}certificate.{0,400} (?:will be expired|expires?) in /i;

function messageOnly(msg: string): AdapterItem {
  const certificate = CERTIFICATE.exec(msg.slice(0, 4000));
  if (certificate) {
    const asset = hostOf(certificate[2] ?? "") || (certificate[1] ?? "");
    const identity: [string, string][] = [
      ["certificate", certificate[1] ?? ""],
      ["url", harmless(certificate[2] ?? "")],
    ];
    return finish(
      {
        tool: TOOL,
        status: "firing",
        asset,
        signature: "Certificate expiring",
        word: "warning",
        message: msg,
        identity,
      },
      "msg",
    );
  }
  // Without heartbeat and monitor it is the "Test" button.
  return finish(
    {
      tool: TOOL,
      status: "firing",
      asset: TOOL,
      signature: "Test notification",
      word: "low",
      message: msg,
      test: true,
    },
    "msg",
  );
}

function one(body: Record<string, unknown>): AdapterItem {
  const heartbeat = objectAt(body, "heartbeat");
  const monitor = objectAt(body, "monitor");
  const msg = cut(text(body, "msg"), 2 * MESSAGE_MAX);
  if (Object.keys(heartbeat).length === 0 && Object.keys(monitor).length === 0) return messageOnly(msg);
  const flags: string[] = [];
  const state = stateOf(heartbeat, msg, flags);
  const name = text(monitor, "name").trim();
  const url = text(monitor, "url");
  const id = firstOf(monitor, ["id"]) || firstOf(heartbeat, ["monitorID", "monitor_id"]);
  const labels = labelsOf(monitor);
  const lower = Object.fromEntries(labels.map(([label, value]) => [label.toLowerCase(), value]));
  const asset =
    firstOf(monitor, ["hostname"]) || hostOf(url) || firstOf(monitor, ["docker_container"]) || name;
  const words = text(heartbeat, "msg").trim() || msg;
  const update = updateOf(state, cut(words, MESSAGE_MAX));
  const facts: [string, string][] = [
    ["monitor", name],
    ["type", text(monitor, "type")],
    ["group", text(monitor, "pathName")],
    ["port", text(monitor, "port")],
  ];
  return finish(
    {
      tool: TOOL,
      status: state === "up" ? "resolved" : "firing",
      asset,
      signature: name || asset,
      word: firstOf(lower, SEVERITY_LABELS),
      message: words,
      identity: id
        ? [
            ["monitor", id],
            ["name", name],
          ]
        : null,
      // Kuma writes UTC without saying so.
      event_time: readTime(`${text(heartbeat, "time").trim().replace(" ", "T").replace(/Z$/, "")}Z`),
      tags: [...facts.filter(([, value]) => value && value !== "null"), ...labels].map(([n, v]) => [
        n,
        cut(v, 1024),
      ]),
      links: webLinks([["Monitored address", harmless(url)]]),
      flags,
      ...(update ? { update } : {}),
    },
    "monitor.name",
  );
}

function parse(body: unknown): AdapterResult {
  // As a form, everything is JSON in the field "data".
  let from = body;
  if (isObject(body) && typeof body.data === "string" && body.data.length < 1_048_576) {
    try {
      from = JSON.parse(body.data);
    } catch {
      from = body;
    }
  }
  if (
    !isObject(from) ||
    !["heartbeat", "monitor", "msg"].some((name) => Object.hasOwn(from as object, name))
  ) {
    return {
      detail: "This is no Uptime Kuma notification: it has neither heartbeat nor msg.",
      fields: { heartbeat: "is required, as in the preset body application/json" },
    };
  }
  return { items: [one(from)], many: false };
}

export const uptimeKuma: Adapter = { tool: TOOL, retriesOnlyOn5xx: true, parse, guide: uptimeKumaGuide };
