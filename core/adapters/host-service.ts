import type { Link, SourceUpdate } from "../alert.ts";
import { type AdapterItem, cut, MESSAGE_MAX, readTime, text } from "./adapter.ts";
import { finish } from "./fields.ts";

/**
 * What Nagios and its relatives (Icinga 2, Checkmk) tell in a notification, names already folded; "" for what is
 * not there. Types and states: https://assets.nagios.com/downloads/nagioscore/docs/nagioscore/4/en/macrolist.html
 */
export interface HostServiceNotice {
  tool: string;
  /** PROBLEM, RECOVERY, ACKNOWLEDGEMENT, FLAPPING..., DOWNTIME..., CUSTOM; TEST is our scripts' own. */
  type: string;
  host: string;
  /** "" for a notification on the host itself. */
  service: string;
  /** OK, WARNING, CRITICAL, UNKNOWN; UP, DOWN, UNREACHABLE; also short forms and state numbers. */
  state: string;
  output: string;
  longOutput: string;
  author: string;
  comment: string;
  /** Which of several monitoring servers of one company, where the sender says so. */
  source: string;
  time: number | null;
  tags: [string, string][];
  links: Link[];
}

const SERVICE_BY_ID = ["OK", "WARNING", "CRITICAL", "UNKNOWN"];
const HOST_BY_ID = ["UP", "DOWN", "UNREACHABLE"];
const SHORT: Record<string, string> = {
  WARN: "WARNING",
  CRIT: "CRITICAL",
  UNKN: "UNKNOWN",
  UNREACH: "UNREACHABLE",
};

function stateOf({ state, service }: HostServiceNotice): string {
  const word = state.trim().toUpperCase();
  if (/^\d$/.test(word)) return (service ? SERVICE_BY_ID : HOST_BY_ID)[Number(word)] ?? word;
  return Object.hasOwn(SHORT, word) ? (SHORT[word] as string) : word;
}

const UPDATES: [beginning: string, kind: SourceUpdate["kind"], says: string][] = [
  ["ACK", "acknowledged", "Acknowledged"],
  ["FLAPPINGSTART", "flapping_started", "It started flapping"],
  ["FLAPPING", "flapping_stopped", "It stopped flapping"],
  ["DOWNTIMESTART", "downtime_started", "A scheduled downtime started"],
  ["DOWNTIME", "downtime_ended", "A scheduled downtime ended"],
  ["CUSTOM", "comment", "A notification was sent by hand"],
  ["ALERTHANDLER", "other", "An alert handler ran"],
];

/** PROBLEM and RECOVERY change the state; all else only says something about it. */
function updateOf(notice: HostServiceNotice): SourceUpdate | null {
  const type = notice.type.trim().toUpperCase();
  const found = UPDATES.find(([beginning]) => type.startsWith(beginning));
  if (!found) return null;
  const [, kind, says] = found;
  return {
    kind,
    by: notice.author.trim() ? cut(notice.author.trim(), 200) : null,
    text: cut(notice.comment.trim() || `${says}.`, MESSAGE_MAX),
  };
}

/** Long output comes on one line, its line ends as the two characters "\n" and backslashes doubled. */
const unescaped = (text: string) => text.replace(/\\([n\\])/g, (_, c: string) => (c === "n" ? "\n" : "\\"));

/** One alert per host and service; the same key for problem, severity change and recovery. */
export function hostService(notice: HostServiceNotice): AdapterItem {
  const { tool, host, service } = notice;
  const type = notice.type.trim().toUpperCase();
  const state = stateOf(notice);
  const well = state === "OK" || state === "UP";
  const flags: string[] = [];
  if (!type || !(/^(PROBLEM|RECOVERY|TEST)$/.test(type) || updateOf(notice))) flags.push("guessed_status");
  const recovered = type === "RECOVERY" || (type !== "PROBLEM" && type !== "TEST" && well);
  const update = updateOf(notice);
  const identity: [string, string][] = [
    ["host", host],
    ["service", service],
  ];
  if (notice.source) identity.push(["source", notice.source]);
  const output = notice.output.trim() || `${service || host} is ${state || "in an unknown state"}`;
  const long = unescaped(notice.longOutput).trim();
  return finish(
    {
      tool,
      status: recovered ? "resolved" : "firing",
      asset: host,
      // Stable over DOWN and UNREACHABLE, so that both are one problem.
      signature: service || "Host down",
      word: type === "TEST" ? "low" : well ? "ok" : state,
      message: long ? `${output}\n${long}` : output,
      identity,
      event_time: notice.time,
      tags: notice.tags.filter(([, value]) => value !== ""),
      links: notice.links,
      flags,
      ...(update ? { update } : {}),
      ...(type === "TEST" ? { test: true } : {}),
    },
    "service",
  );
}

/** Epoch ms of a date in words; null without a zone of its own, since ours is not the sender's. */
export function zonedTime(words: string): number | null {
  return /(?:UTC|GMT|Z|[+-]\d{2}:?\d{2})\b/.test(words) ? readTime(words) : null;
}

/** Names of custom variables whose values are passwords more often than not. */
const SECRETIVE = /pass|secret|token|communit|credential|auth|key|snmp/i;
const VARIABLES_MAX = 32;

/**
 * Variables that customers gave their hosts and services, as tags "host_client", "service_team"; never what may
 * be a password. `names` finds HOST or SERVICE and the variable's own name; `known` are none of theirs.
 */
export function customVariables(
  body: Record<string, unknown>,
  names: RegExp,
  known?: ReadonlySet<string>,
): [string, string][] {
  const found: [string, string][] = [];
  for (const name of Object.keys(body)) {
    if (found.length === VARIABLES_MAX) break;
    const [, of, own = ""] = names.exec(name) ?? [];
    if (!of || known?.has(own) || SECRETIVE.test(name)) continue;
    found.push([`${of}_${own}`.toLowerCase(), cut(text(body, name), 1024)]);
  }
  return found;
}
