import type { MappingView } from "../../../core/mapping/mapping.ts";

export type FieldName = Exclude<keyof MappingView["fields"], symbol | number>;

/** Field, label, hint; fallbacks are parted by a double pipe. */
export const FIELDS: [FieldName, string, string][] = [
  [
    "asset_name",
    "Asset",
    "The machine or thing in trouble. Several, the first that is there: $.host || $.node",
  ],
  ["signature", "What is wrong", "Needed; the same for each alert of one kind."],
  ["severity", "Severity", ""],
  ["message", "Message", ""],
  ["status", "Status", "Firing or resolved; words such as OK are known."],
  ["dedup_key", "Key", "Left empty, asset and kind make it."],
  ["event_time", "Time", ""],
];

/** A mapping as the editor holds it: every part a text. */
export interface MappingDraft {
  name: string;
  items: string;
  enabled: boolean;
  fields: Partial<Record<FieldName, string>>;
  severities: string;
  over: string;
  overIs: string;
}

export const blank: MappingDraft = {
  name: "",
  items: "",
  enabled: true,
  fields: { asset_name: "$.host", signature: "$.check", severity: "$.severity", message: "$.message" },
  severities: "",
  over: "",
  overIs: "",
};

export function draftOf(mapping: MappingView): MappingDraft {
  const fields = Object.entries(mapping.fields).map(([name, field]) => [name, field?.from.join(" || ")]);
  const [over] = mapping.recovery;
  return {
    name: mapping.name,
    items: mapping.items ?? "",
    enabled: mapping.enabled,
    fields: Object.fromEntries(fields),
    severities: (mapping.fields.severity?.map ?? []).map(({ from, to }) => `${from} = ${to}`).join(", "),
    over: over?.value ?? "",
    overIs: over?.to.join(", ") ?? "",
  };
}

const listOf = (text: string, by: string) =>
  text
    .split(by)
    .map((part) => part.trim())
    .filter(Boolean);

/** The parts that the editor knows; what it does not show stays as it was. */
export function mappingOf(draft: MappingDraft, before: MappingView | null = null) {
  const map = listOf(draft.severities, ",").flatMap((pair) => {
    const [from = "", to = ""] = pair.split("=").map((part) => part.trim());
    return from && to ? [{ from, to }] : [];
  });
  const fields = Object.entries({ ...before?.fields, ...draft.fields }).flatMap(([name, value]) => {
    if (typeof value !== "string") return [[name, value]];
    const from = listOf(value, "||");
    const words = name === "severity" ? map : (before?.fields[name as FieldName]?.map ?? []);
    return from.length > 0 ? [[name, { from, map: words }]] : [];
  });
  const [first, ...rest] = before?.recovery ?? [];
  const own = { value: draft.over, op: first?.op ?? ("is" as const), to: listOf(draft.overIs, ",") };
  return {
    name: draft.name,
    items: draft.items.trim() || null,
    enabled: draft.enabled,
    fields: Object.fromEntries(fields),
    recovery: draft.over.trim() ? [own, ...rest] : rest,
  };
}
