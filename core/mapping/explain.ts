import type { NormalizedAlert } from "../alert.ts";
import { MAPPED_FIELDS, type MappedField, type MappingInput } from "./mapping.ts";
import type { MappedItem, Origin } from "./run.ts";

/** One part of an alert, and why it is what it is. */
export interface Part {
  /** A field of the alert, `tags.site`, or `links.Graph`. */
  field: string;
  /** As the alert has it; null: it has none. */
  value: string | null;
  /** The expression that yielded it; null: none did. */
  expression: string | null;
  /** Its place among the field's expressions, from 0. */
  fallback: number | null;
  /** What it yielded, where the alert has another word. */
  raw: string | null;
  /** Nothing in the body said it. */
  guessed: boolean;
  note: string | null;
}

type Said = Pick<Part, "guessed" | "note">;

const plain: Said = { guessed: false, note: null };
const guess = (note: string): Said => ({ guessed: true, note });

/** What stands where no expression of a field yielded anything. */
const WITHOUT: Record<MappedField, Said> = {
  asset_name: guess("No asset was found: such an alert stands alone."),
  signature: plain,
  severity: guess("None was found, so it counts as medium."),
  message: guess("None was found: what is wrong stands in its place."),
  status: guess("None was found, so it counts as firing."),
  dedup_key: { guessed: false, note: "Made of the source, the asset and what is wrong." },
  event_time: { guessed: false, note: "The time of arrival counts." },
  asset_id: plain,
  category: guess("Found out from what is wrong, when it arrives."),
  group: plain,
};

/** What is said of a field that has a value all the same. */
function saidOf(field: MappedField, origin: Origin, flags: string[]): Said {
  const word = `“${origin.raw}”`;
  if (field === "severity" && flags.includes("unknown_severity"))
    return guess(`${word} is no severity that is known, so it counts as medium.`);
  if (field === "status" && origin.at < 0)
    return { guessed: false, note: "A condition says that it is over." };
  if (field === "status" && flags.includes("guessed_status"))
    return guess(`${word} is no state that is known, so it counts as firing.`);
  if (field === "event_time" && flags.includes("unreadable_timestamp"))
    return guess(`${word} cannot be read as a time: the time of arrival counts.`);
  if (field === "category" && flags.includes("unknown_category"))
    return guess(`${word} is no category: it is found out from what is wrong.`);
  if (field === "message" && flags.includes("message_cut"))
    return { guessed: false, note: "It was too long and is cut." };
  return plain;
}

function shownOf(field: MappedField, alert: NormalizedAlert): string | null {
  if (field === "event_time")
    return alert.event_time === null ? null : new Date(alert.event_time).toISOString();
  if (field === "dedup_key") return alert.caller_key;
  if (field === "group") return alert.group ?? null;
  return alert[field] || null;
}

/** Tags and links with the expression each was made by. */
function extras(mapping: MappingInput, alert: NormalizedAlert): Part[] {
  const part = (field: string, value: string, expression: string | null): Part => ({
    field,
    value,
    expression,
    fallback: null,
    raw: null,
    ...plain,
  });
  const tags = alert.tags.map(([name, value]) => {
    const own = mapping.tags.find((tag) => tag.name === name);
    return part(`tags.${name}`, value, own?.value ?? mapping.tags_from);
  });
  const links = alert.links.map(({ label, url }) => {
    const own = mapping.links.find((link) => link.label === label);
    return part(`links.${label}`, url, own?.url ?? null);
  });
  return [...tags, ...links];
}

/** Of one alert that a mapping made: each field, where it came from, and what was guessed; of what is none, nothing. */
export function explain(mapping: MappingInput, item: MappedItem): Part[] {
  if (!("alert" in item)) return [];
  const { alert, origins } = item;
  const fields = MAPPED_FIELDS.flatMap((field): Part[] => {
    const origin = origins[field];
    const value = shownOf(field, alert);
    if (origin) {
      const { expression, at, raw } = origin;
      const other = raw !== "" && raw !== value ? raw : null;
      const said = saidOf(field, origin, alert.flags);
      return [{ field, value, expression, fallback: at < 0 ? null : at, raw: other, ...said }];
    }
    const said = WITHOUT[field];
    const asked = (mapping.fields[field]?.from.length ?? 0) > 0;
    if (!said.note && !asked) return [];
    const note = said.note ?? "Nothing was found for it.";
    return [{ field, value, expression: null, fallback: null, raw: null, guessed: said.guessed, note }];
  });
  return [...fields, ...extras(mapping, alert)];
}
