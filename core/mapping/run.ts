import type { AdapterItem } from "../adapters/adapter.ts";
import { cut, MESSAGE_MAX, NAME_MAX, readTags, readTime } from "../adapters/adapter.ts";
import { webLinks } from "../adapters/fields.ts";
import { CATEGORIES, type NormalizedAlert } from "../alert.ts";
import { readSeverity } from "../severity.ts";
import type { CompiledField, CompiledMapping } from "./compile.ts";
import type { Source } from "./expression.ts";
import type { MappedField } from "./mapping.ts";
import { valuesAt } from "./path.ts";
import { isEmpty, textOf } from "./values.ts";
import { TooMuchWork, Work } from "./work.ts";

/** Alerts one body may hold. */
const ITEMS_MAX = 10_000;
const KEY_MAX = 4096;

/** Where a field's value came from: which of its expressions, and what that yielded before the words were mapped. */
export interface Origin {
  expression: string;
  /** Its place among the field's expressions, from 0; -1: a condition that says the alert is over. */
  at: number;
  raw: string;
}

export type MappedItem = AdapterItem & { origins: Partial<Record<MappedField, Origin>> };

export type MappedBody =
  | { items: MappedItem[]; many: boolean }
  | { detail: string; fields: Record<string, string> };

const TOO_MUCH = "takes too much work on this body; use fewer patterns, or paths without `..`";
const OVER = new Set(
  "resolved resolve ok okay recovered recovery closed close up normal success successful succeeded inactive cleared clear green healthy done solved false 0".split(
    " ",
  ),
);
const ON = new Set(
  "firing open opened new triggered trigger active alarm alert alerting problem critical down failed failure fail error warning warn red yellow raised true 1".split(
    " ",
  ),
);
const BY_NAME = new Map(CATEGORIES.map((name) => [name.toLowerCase(), name]));

interface Read {
  value: unknown;
  text: string;
  origin: Origin | null;
}

function readField(field: CompiledField | undefined, source: Source, work: Work): Read {
  let at = -1;
  for (const { text: expression, run } of field?.from ?? []) {
    at += 1;
    const value = run(source, work);
    if (isEmpty(value)) continue;
    const raw = textOf(value, work).trim();
    if (raw === "") continue;
    const mapped = field?.map.get(raw.toLowerCase()) ?? field?.map.get("*");
    return {
      value: mapped ?? value,
      text: mapped ?? raw,
      origin: { expression, at, raw: cut(raw, 500) },
    };
  }
  return { value: undefined, text: "", origin: null };
}

function statusOf(text: string, recovered: boolean, flags: string[]): "firing" | "resolved" {
  if (recovered) return "resolved";
  const word = text.trim().toLowerCase();
  if (OVER.has(word)) return "resolved";
  if (word && !ON.has(word)) flags.push("guessed_status");
  return "firing";
}

function tagsOf(mapping: CompiledMapping, source: Source, work: Work): [string, string][] {
  const from = mapping.tagsFrom?.(source, work);
  const own = mapping.tags.flatMap(({ name, run }): [string, string][] => {
    const value = textOf(run(source, work), work);
    return value ? [[name, cut(value, 1024)]] : [];
  });
  if (from === undefined) return own;
  work.spend(Object.keys(Object(from)).length);
  return [...own, ...readTags(from).filter(([name]) => !own.some(([taken]) => taken === name))].slice(0, 64);
}

function one(mapping: CompiledMapping, source: Source, work: Work): MappedItem {
  const origins: MappedItem["origins"] = {};
  const flags: string[] = [];
  const byName = new Map(mapping.fields.map((field) => [field.name, field]));
  const read = (name: MappedField): Read => {
    const found = readField(byName.get(name), source, work);
    if (found.origin) origins[name] = found.origin;
    return found;
  };
  const signature = cut(read("signature").text, NAME_MAX);
  if (!signature) {
    return { fields: { signature: "nothing was found for it; it says what is wrong" }, origins };
  }
  const asset = cut(read("asset_name").text, NAME_MAX);
  if (!asset) flags.push("no_asset");
  const word = read("severity").text;
  const { severity, known } = readSeverity(word);
  if (!known) flags.push(word ? "unknown_severity" : "no_severity");
  const message = read("message").text || signature;
  if (message.length > MESSAGE_MAX) flags.push("message_cut");
  const time = read("event_time");
  const event_time = readTime(time.value) ?? readTime(time.text);
  if (time.origin && event_time === null) flags.push("unreadable_timestamp");
  const category = read("category").text;
  if (category && !BY_NAME.has(category.toLowerCase())) flags.push("unknown_category");
  const recovery = mapping.recovery.find(({ holds }) => holds(source, work));
  const status = statusOf(read("status").text, recovery !== undefined, flags);
  if (recovery) origins.status = { expression: recovery.text, at: -1, raw: "" };
  const alert: NormalizedAlert = {
    status,
    asset_name: asset,
    asset_id: cut(read("asset_id").text, NAME_MAX) || null,
    signature,
    severity,
    category: BY_NAME.get(category.toLowerCase()) ?? null,
    message: cut(message, MESSAGE_MAX),
    tool_source: mapping.source,
    caller_key: cut(read("dedup_key").text, KEY_MAX) || null,
    identity: null,
    variant: null,
    event_time,
    tags: tagsOf(mapping, source, work),
    links: webLinks(mapping.links.map(({ label, run }) => [label, textOf(run(source, work), work)])),
    flags,
    heartbeat: false,
  };
  const group = cut(read("group").text, NAME_MAX);
  if (group) alert.group = group;
  return { alert, origins };
}

/** Whether the mapping is for this body. Never throws. */
export function fitsBody(mapping: CompiledMapping, body: unknown): boolean {
  const work = new Work();
  try {
    return mapping.matches.every((holds) => holds({ item: body, body }, work));
  } catch (error) {
    if (error instanceof TooMuchWork) return false;
    throw error;
  }
}

/** Alerts of any JSON, with what each field came from; what cannot be one says why. Never throws. */
export function mapBody(mapping: CompiledMapping, body: unknown): MappedBody {
  const work = new Work();
  const parts: unknown[] = [];
  try {
    if (mapping.items === null) parts.push(body);
    else {
      const found = valuesAt(mapping.items, body, body, work);
      const lists = found.every((value) => Array.isArray(value));
      const whole = mapping.items.many && !lists ? found : lists ? found.flat() : [];
      parts.push(...whole.slice(0, ITEMS_MAX));
      if (whole.length > ITEMS_MAX)
        return { detail: `One body holds at most ${ITEMS_MAX} alerts.`, fields: { items: "is too long" } };
    }
  } catch (error) {
    if (error instanceof TooMuchWork)
      return { detail: "The mapping cannot be run on this body.", fields: { items: TOO_MUCH } };
    throw error;
  }
  if (parts.length === 0) {
    const where = `there is no list with something in it at ${mapping.itemsText}`;
    return { detail: "The body holds no alerts where the mapping looks for them.", fields: { items: where } };
  }
  const items = parts.map((item): MappedItem => {
    try {
      return one(mapping, { item, body }, work);
    } catch (error) {
      if (error instanceof TooMuchWork) return { fields: { mapping: TOO_MUCH }, origins: {} };
      throw error;
    }
  });
  return { items, many: mapping.items !== null };
}
