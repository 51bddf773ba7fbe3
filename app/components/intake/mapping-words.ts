import type { FieldName, Op } from "./mapping-draft.ts";

/** Field, label, hint: in the order people are asked. */
export const FIELDS: [name: FieldName, label: string, hint: string][] = [
  ["asset_name", "Asset", "The machine or thing in trouble."],
  ["signature", "What is wrong", "Needed; the same for each alert of one kind."],
  ["severity", "Severity", "Words such as warning, P1 or Sev2 are known; say below what others mean."],
  ["message", "Message", ""],
  ["status", "Status", "Firing or resolved; words such as OK, closed or recovered are known."],
  ["dedup_key", "Key", "What is the same from the alert to its end. Left empty, asset and kind make it."],
  ["event_time", "Time", "ISO 8601, or seconds or milliseconds since 1970."],
  ["asset_id", "Asset id", "The tool's own id of the asset, where it has one."],
  ["category", "Category", "Left empty, it is found out from what is wrong."],
  ["group", "Group", "What the tool itself put the alert into; evidence for grouping."],
];

const LABELS = new Map<string, string>(FIELDS.map(([name, label]) => [name, label]));

/** A part of a previewed alert, in words: `asset_name`, `tags.site`, `links.Log`. */
export function partLabel(field: string): string {
  if (field.startsWith("tags.")) return `Tag ${field.slice(5)}`;
  if (field.startsWith("links.")) return `Link ${field.slice(6)}`;
  return LABELS.get(field) ?? field;
}

export const OPS: [Op, string][] = [
  ["is", "is one of"],
  ["is_not", "is none of"],
  ["contains", "contains one of"],
  ["matches", "matches a pattern"],
  ["above", "is above"],
  ["below", "is below"],
  ["exists", "is there"],
  ["missing", "is not there"],
];

const OP_WORDS = new Map<Op, string>(OPS);

/** `$.state is one of OK, UP` */
export function conditionWords({ value, op, to }: { value: string; op: Op; to: string[] }): string {
  return [value, OP_WORDS.get(op), to.join(", ")].filter(Boolean).join(" ");
}
