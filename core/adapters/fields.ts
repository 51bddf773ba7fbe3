import type { Link, NormalizedAlert } from "../alert.ts";
import { readSeverity } from "../severity.ts";
import { type AdapterItem, cut, isObject, MESSAGE_MAX, NAME_MAX, text } from "./adapter.ts";

/** Labels that name a machine, the most telling first. `instance` is the scrape target, often an exporter. */
export const MACHINE_LABELS = [
  "host",
  "hostname",
  "nodename",
  "node",
  "vm",
  "device_name",
  "pod",
  "instance",
  "container",
  "device",
];
/** The same, then what a thing without a machine belongs to. */
export const HOST_LABELS = [...MACHINE_LABELS, "job", "service", "namespace", "cluster"];
/** What a cluster runs; of one name in several namespaces each is another. */
const WORKLOADS = ["deployment", "statefulset", "daemonset", "cronjob"];

/** What these labels are about: a machine, else "shop/api" of a cluster, else what it belongs to; "" for nothing. */
export function assetOf(labels: Record<string, unknown>): string {
  const machine = firstOf(labels, MACHINE_LABELS);
  if (machine) return machine;
  const [namespace, workload] = [firstOf(labels, ["namespace"]), firstOf(labels, WORKLOADS)];
  return namespace && workload ? `${namespace}/${workload}` : firstOf(labels, HOST_LABELS);
}

/** A rule that always fires, as a sign of life: Prometheus Operator's name for it, and the names from before. */
export const isWatchdog = (alertname: string) =>
  alertname === "Watchdog" || /^\w{0,60}Dead_?Mans?_?(?:Switch|Snitch)$/i.test(alertname);

/** Labels that say how bad it is. */
export const SEVERITY_LABELS = ["severity", "priority", "level", "criticality"];

/** The first of these that holds a scalar with something in it, trimmed; "" where none does. */
export function firstOf(from: Record<string, unknown>, names: readonly string[]): string {
  for (const name of names) {
    const value = text(from, name).trim();
    if (value) return value;
  }
  return "";
}

/** The object at this path of own names; an empty one where there is none. */
export function objectAt(from: unknown, ...path: string[]): Record<string, unknown> {
  let here: unknown = from;
  for (const name of path) here = isObject(here) && Object.hasOwn(here, name) ? here[name] : undefined;
  return isObject(here) ? here : {};
}

/** The array of this name; an empty one where there is none. */
export function listAt(from: Record<string, unknown>, name: string): unknown[] {
  const value = Object.hasOwn(from, name) ? from[name] : undefined;
  return Array.isArray(value) ? value : [];
}

/** A group of which the sender left alerts out, so that some fire that nobody hears of. */
export function isTruncated(group: Record<string, unknown>): boolean {
  return Number(text(group, "truncatedAlerts")) > 0;
}

/** Those that are web addresses; what a template left empty is dropped. */
export function webLinks(found: [label: string, url: string][]): Link[] {
  return found
    .filter(([, url]) => /^https?:\/\//i.test(url))
    .map(([label, url]) => ({ label: cut(label, 200), url: cut(url, 2048) }));
}

const UNFILLED =
  /^(?:\$[A-Z][A-Z0-9_]*|\{[A-Za-z][A-Za-z0-9_.:#$]*\}|(?:\{\{[^{}]*\}\})+|\*[A-Za-z]+\*|%[a-z]+)$/;

/** A template's value, trimmed; "" where the tool left its macro as it stood: "$TAGS", "{PID}", "{{x}}". */
export function filled(from: Record<string, unknown>, name: string): string {
  const value = text(from, name).trim();
  return UNFILLED.test(value) ? "" : value;
}

/** Scalars of an object as bounded pairs, for tags. */
export function tagsOf(from: Record<string, unknown>): [string, string][] {
  const found: [string, string][] = [];
  for (const name of Object.keys(from)) {
    if (found.length === 64) break;
    const value = text(from, name);
    if (value) found.push([cut(name, 200), cut(value, 1024)]);
  }
  return found;
}

/** What an adapter found; `finish` bounds it and fills in the rest. */
export interface Found
  extends Partial<Omit<NormalizedAlert, "status" | "tool_source" | "severity" | "asset_name">> {
  tool: string;
  status: "firing" | "resolved";
  asset: string;
  signature: string;
  /** The tool's word, already one that `readSeverity` understands the way the tool means it. */
  word: string;
  message: string;
}

/**
 * A bounded alert, or a field error where nothing says what is wrong. Flags: no_severity, unknown_severity,
 * message_cut. `nameField`: what to call the missing name.
 */
export function finish(found: Found, nameField: string): AdapterItem {
  const { tool, asset, word, message, signature, group, family, ...rest } = found;
  if (!signature.trim()) return { fields: { [nameField]: "is required: it says what is wrong" } };
  const { severity, known } = readSeverity(word);
  const flags = [...(found.flags ?? [])];
  if (!known) flags.push(word ? "unknown_severity" : "no_severity");
  const words = message.trim() || signature.trim();
  if (words.length > MESSAGE_MAX) flags.push("message_cut");
  const alert: NormalizedAlert = {
    asset_id: null,
    category: null,
    caller_key: null,
    identity: null,
    variant: null,
    event_time: null,
    tags: [],
    links: [],
    heartbeat: false,
    ...rest,
    asset_name: cut(asset.trim(), NAME_MAX),
    signature: cut(signature.trim(), NAME_MAX),
    severity,
    message: cut(words, MESSAGE_MAX),
    tool_source: tool,
    flags,
  };
  if (alert.variant) alert.variant = cut(alert.variant, 100);
  if (group) alert.group = cut(group, NAME_MAX);
  if (family) alert.family = cut(family, NAME_MAX);
  return { alert };
}
