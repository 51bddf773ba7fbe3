import type { SourceUpdate } from "../alert.ts";
import { type Adapter, type AdapterItem, type AdapterResult, cut, isObject, text } from "./adapter.ts";
import { filled, finish, webLinks } from "./fields.ts";
import { prtgGuide } from "./prtg-guide.ts";

/** "Execute HTTP Action", form-encoded or JSON, by the template below: https://www.paessler.com/manuals/prtg/list_of_placeholders_for_notifications */
const TOOL = "prtg";

interface Reading {
  /** What it is now: "down", "warning", "up" ... */
  now: string;
  over: boolean;
  detail: string;
  known: boolean;
}

/**
 * "Down", "Down ESCALATION", "Down (Acknowledged)", "Up (was: Down)", "Down ended (now: Warning)".
 * What stands after "now:" is the state; one that ended in a pause is over, since nothing more will be said.
 */
function readStatus(status: string): Reading {
  const words = cut(status, 500).toLowerCase();
  const base = /^[a-z]+/.exec(words.trim())?.[0] ?? "";
  const now = /\(now:\s*([a-z]+)/.exec(words)?.[1] ?? base;
  const bad = /^(down|error|warning|unusual|threshold|partial)$/.test(now);
  const ended = /\bended\b/.test(words);
  const detail = /\((acknowledged|partial|simulated)/.exec(words)?.[1] ?? "";
  const over = now === "up" || now === "ok" || (ended && !(bad && now !== base));
  return { now, over, detail, known: over || bad || /^(up|ok|paused|unknown)$/.test(now) };
}

function updateOf({ now, over, detail }: Reading, words: string): SourceUpdate | null {
  if (over) return null;
  const text = cut(words, 1000);
  if (detail === "acknowledged") return { kind: "acknowledged", by: null, text };
  if (now === "paused") return { kind: "downtime_started", by: null, text };
  return now === "unknown" ? { kind: "other", by: null, text } : null;
}

/** Stars from 1 to 5, as a number or drawn. */
function stars(priority: string): number {
  if (/^[1-5]$/.test(priority)) return Number(priority);
  return /^[*★]{1,5}$/.test(priority) ? priority.length : 0;
}

const DOWN = ["down", "low", "medium", "high", "high", "critical"];
const WARNING = ["warning", "low", "low", "medium", "medium", "high"];

/** The sensor's priority counts, and less for a state that is no outage. */
function severityWord({ now, detail }: Reading, priority: string): string {
  if (now === "unusual") return "low";
  if (now === "warning" || now === "threshold" || detail === "partial") return WARNING[stars(priority)] ?? "";
  return /^(down|error)$/.test(now) ? (DOWN[stars(priority)] ?? "") : "low";
}

function one(body: Record<string, unknown>): AdapterItem {
  const read = (...names: string[]): string => {
    for (const name of names) {
      const value = filled(body, name);
      if (value) return value;
    }
    return "";
  };
  const status = read("status", "laststatus", "state");
  const reading = readStatus(status);
  const sensorId = read("sensorid", "id", "sensor_id");
  const device = read("device", "devicename");
  const sensor = read("sensor", "name", "shortname");
  const message = read("message", "lastmessage");
  const home = read("home", "server", "serviceurl");
  const flags: string[] = [];
  if (!reading.known) flags.push("guessed_status");
  if (!device) flags.push("guessed_asset");
  const test = /\btest\b/i.test(status) || /^this is a test|test notification/i.test(message);
  const update = updateOf(reading, message || status);
  return finish(
    {
      tool: TOOL,
      status: reading.over ? "resolved" : "firing",
      asset: device || read("host", "group"),
      signature: sensor || (test ? "Test notification" : ""),
      word: reading.known ? severityWord(reading, read("priority", "prio")) : status,
      message: message || `${sensor} is ${status || "in an unknown state"}`,
      identity: sensorId
        ? [
            ["sensor", sensorId],
            ["server", home],
          ]
        : null,
      // PRTG writes its times without a zone.
      event_time: null,
      tags: [
        ...["probe", "group", "host", "location", "lastvalue", "tags", "deviceid", "sensorid"].map(
          (name): [string, string] => [name, cut(filled(body, name), 1024)],
        ),
      ].filter(([, value]) => value !== "") as [string, string][],
      links: webLinks([
        ["Sensor", read("linksensor")],
        ["Device", read("linkdevice")],
      ]),
      flags,
      ...(update ? { update } : {}),
      ...(test ? { test: true } : {}),
    },
    "sensor",
  );
}

function parse(body: unknown): AdapterResult {
  const known = isObject(body) && ["sensor", "sensorid", "device", "status"].some((name) => text(body, name));
  if (!isObject(body) || !known) {
    return {
      detail: "This is no PRTG notification: it has neither sensor nor device.",
      fields: { sensor: "is required, as in the template of the guide" },
    };
  }
  return { items: [one(body)], many: false };
}

export const prtg: Adapter = { tool: TOOL, retriesOnlyOn5xx: true, parse, guide: prtgGuide };
