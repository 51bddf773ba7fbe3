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
import { finish, webLinks } from "./fields.ts";
import { zabbixGuide } from "./zabbix-guide.ts";
import { readZabbixTags, ZABBIX_NAMES, type ZabbixField } from "./zabbix-names.ts";

/**
 * Our media type's JSON, or that of anybody's own webhook script: the names are folded, the macros are Zabbix's:
 * https://www.zabbix.com/documentation/current/en/manual/appendix/macros/supported_by_location
 */
const TOOL = "zabbix";

/** What Zabbix leaves where a macro has no value: the macro itself, or *UNKNOWN*. */
const UNFILLED = /^(?:\{[$#]?[A-Z][A-Z0-9_.:]*\d?\}|\*UNKNOWN\*|\*UNDEFINED\*)$/;

type Read = (field: ZabbixField) => string;

/** Reads a field by any of its names; the value, and whether the name was one of those only guessed at. */
function reader(body: Record<string, unknown>, guessed: Set<string>): { read: Read; macros: number } {
  const folded = new Map<string, string>();
  let macros = 0;
  for (const name of Object.keys(body).slice(0, 200)) {
    const key = name.toLowerCase().replace(/[^a-z0-9]/g, "");
    const value = text(body, name).trim();
    if (UNFILLED.test(value)) macros += 1;
    else if (value && !folded.has(key)) folded.set(key, value);
  }
  const read: Read = (field) => {
    const { sure, unsure } = ZABBIX_NAMES[field];
    for (const name of sure) {
      const value = folded.get(name);
      if (value !== undefined) return value;
    }
    for (const name of unsure) {
      const value = folded.get(name);
      if (value === undefined) continue;
      guessed.add(`guessed_${field}`);
      return value;
    }
    return "";
  };
  return { read, macros };
}

/** "Not classified" is 0 and "Disaster" is 5; information and warning are one step below ours. */
const BY_NUMBER = ["low", "low", "medium", "medium", "high", "critical"];
const BY_NAME: Record<string, string> = { "not classified": "low", information: "low", disaster: "critical" };

function severityWord(number: string, name: string): string {
  if (/^[0-5]$/.test(number)) return BY_NUMBER[Number(number)] as string;
  const word = name.toLowerCase();
  if (/^[0-5]$/.test(word)) return BY_NUMBER[Number(word)] as string;
  return Object.hasOwn(BY_NAME, word) ? (BY_NAME[word] as string) : word;
}

/** 1 and 0, PROBLEM and RESOLVED or OK; null where nothing says. */
function firing(value: string, status: string): boolean | null {
  if (value === "1" || value === "0") return value === "1";
  const word = (status || value).toUpperCase();
  if (/^(PROBLEM|FIRING|TRUE|DOWN)\b/.test(word) || word === "1") return true;
  if (/^(RESOLVED|RECOVER|OK\b|CLOSED|UP\b)/.test(word) || word === "0") return false;
  return null;
}

/** Somebody's doing in Zabbix: "acknowledged, commented and changed severity from Average to High". */
function updateOf(read: Read): SourceUpdate | null {
  const status = read("update_status");
  if (status !== "1" && status.toLowerCase() !== "true") return null;
  const action = read("update_action");
  const words = action.toLowerCase();
  const said = read("update_message");
  const kind: SourceUpdate["kind"] = /\backnowledged\b/.test(words)
    ? "acknowledged"
    : /\bsuppressed\b/.test(words)
      ? "downtime_started"
      : /\bunsuppressed\b/.test(words)
        ? "downtime_ended"
        : /\bchanged severity\b/.test(words) || !said
          ? "other"
          : "comment";
  // Words alone say nothing of a new severity or of a suppression, so what was done stands before them.
  const done = /severity|suppressed/.test(words) && said ? `${action}: ${said}` : said || action;
  return {
    kind,
    by: cut(read("update_by"), 200) || null,
    text: cut(done || "Updated in Zabbix.", MESSAGE_MAX),
  };
}

/** In a link to the problem's page, where the body names no id. */
const EVENT_IN_LINK = /[?&]eventid=(\d{1,20})(?:&|#|$)/;
const TRIGGER_IN_LINK = /[?&]triggerid=(\d{1,20})(?:&|#|$)/;

function one(body: Record<string, unknown>): AdapterItem {
  const guessed = new Set<string>();
  const { read, macros } = reader(body, guessed);
  // Zabbix's own "Test" sends the parameters with every macro as it stands.
  const test = macros >= 3 && !read("event_id") && !read("signature") && !read("asset");
  const link = read("link");
  const eventId = read("event_id") || (EVENT_IN_LINK.exec(link)?.[1] ?? "");
  const triggerId = read("trigger_id") || (TRIGGER_IN_LINK.exec(link)?.[1] ?? "");
  const host = read("asset");
  const server = read("server").replace(/\/+$/, "");
  const state = firing(read("value"), read("status"));
  const update = updateOf(read);
  if (state === null && !test) guessed.add("guessed_status");
  const identity: [string, string][] = [
    ["trigger", triggerId],
    ["host", host],
  ];
  const signature = read("signature");
  const opdata = read("opdata");
  const message = read("message") || [signature, opdata].filter(Boolean).join(": ");
  const ids = [triggerId && `triggerid=${triggerId}`, eventId && `eventid=${eventId}`].filter(Boolean);
  const page = link || (server && ids.length === 2 ? `${server}/tr_events.php?${ids.join("&")}` : "");
  return finish(
    {
      tool: TOOL,
      status: state === false ? "resolved" : "firing",
      asset: host || (test ? "zabbix" : ""),
      signature: test ? "Test of the media type" : signature,
      word: test ? "low" : severityWord(read("severity_number"), read("severity")),
      message: test ? "Zabbix reaches this service. Nothing is wrong." : message,
      // Event ids count up per server; with two servers at one company they would meet.
      caller_key: eventId ? (server ? `${server}|${eventId}` : eventId) : null,
      identity: triggerId ? identity : null,
      event_time: readTime(read(update ? "update_time" : state === false ? "recovery_time" : "event_time")),
      tags: readZabbixTags(read),
      links: webLinks([["Zabbix", page]]),
      flags: [...guessed].sort(),
      group: read("cause") || null,
      ...(triggerId ? { family: server ? `${server}|${triggerId}` : triggerId } : {}),
      ...(update ? { update } : {}),
      ...(test ? { test: true } : {}),
    },
    "event_name",
  );
}

function parse(body: unknown): AdapterResult {
  if (!isObject(body))
    return {
      detail: "This is no Zabbix notification: it is no object.",
      fields: { body: "must be an object" },
    };
  return { items: [one(body)], many: false };
}

export const zabbix: Adapter = { tool: TOOL, retriesOnlyOn5xx: false, parse, guide: zabbixGuide };
