import type { MappingCondition, MappingView } from "../../../core/mapping/mapping.ts";
import type { MappingTemplate } from "../../../core/mapping/templates.ts";

export type FieldName = Exclude<keyof MappingView["fields"], symbol | number>;
export type Op = MappingCondition["op"];

/** One line of a list; the key stays the line's own while others come and go. */
export interface Expression {
  key: number;
  text: string;
}
export interface Word {
  key: number;
  from: string;
  to: string;
}
export interface FieldDraft {
  from: Expression[];
  map: Word[];
}
export interface ConditionDraft {
  key: number;
  value: string;
  op: Op;
  /** What to compare with, one a line; `kept` as it was, where a line of it has a break of its own. */
  to: string;
  kept: string[];
}
/** A tag or a link. */
export interface NamedDraft {
  key: number;
  name: string;
  value: string;
}

/** A mapping as the editor holds it. */
export interface MappingDraft {
  name: string;
  slug: string;
  enabled: boolean;
  source: string;
  items: string;
  matches: ConditionDraft[];
  fields: Partial<Record<FieldName, FieldDraft>>;
  recovery: ConditionDraft[];
  tags: NamedDraft[];
  tagsFrom: string;
  links: NamedDraft[];
}

let last = 0;
export const newKey = () => ++last;

export const expression = (text = ""): Expression => ({ key: newKey(), text });
export const word = (from = "", to = ""): Word => ({ key: newKey(), from, to });
export const named = (name = "", value = ""): NamedDraft => ({ key: newKey(), name, value });
export const condition = (value = "", op: Op = "is", to: string[] = []): ConditionDraft => ({
  key: newKey(),
  value,
  op,
  to: to.join("\n"),
  kept: to,
});
/** What a field holds before anything is said of it. */
export const emptyField = (): FieldDraft => ({ from: [expression()], map: [] });

type Known = Omit<MappingTemplate["mapping"], "matches" | "recovery"> & {
  matches?: MappingCondition[];
  recovery?: MappingCondition[];
};

function partsOf(mapping: Known): Omit<MappingDraft, "name" | "slug" | "enabled"> {
  const fields = Object.entries(mapping.fields ?? {}).flatMap(([name, field]) =>
    field
      ? [[name, { from: field.from.map(expression), map: field.map.map((m) => word(m.from, m.to)) }]]
      : [],
  );
  const conditions = (all: MappingCondition[] = []) => all.map((one) => condition(one.value, one.op, one.to));
  return {
    source: mapping.source ?? "",
    items: mapping.items ?? "",
    matches: conditions(mapping.matches),
    fields: Object.fromEntries(fields),
    recovery: conditions(mapping.recovery),
    tags: (mapping.tags ?? []).map((tag) => named(tag.name, tag.value)),
    tagsFrom: mapping.tags_from ?? "",
    links: (mapping.links ?? []).map((link) => named(link.label, link.url)),
  };
}

/** A stored mapping, ready to be edited. */
export const draftOf = (mapping: MappingView): MappingDraft => ({
  ...partsOf(mapping),
  name: mapping.name,
  slug: mapping.slug,
  enabled: mapping.enabled,
});

/** A template's parts under what has been typed as name. */
export const fromTemplate = (template: MappingTemplate | undefined, before?: MappingDraft): MappingDraft => ({
  ...partsOf(template?.mapping ?? {}),
  name: before?.name ?? "",
  slug: before?.slug ?? "",
  enabled: before?.enabled ?? true,
});

const BARE: ReadonlySet<Op> = new Set(["exists", "missing"]);
/** Whether a comparison needs nothing to compare with. */
export const isBare = (op: Op) => BARE.has(op);

function conditionOf({ value, op, to, kept }: ConditionDraft) {
  if (isBare(op)) return { value, op, to: [] };
  const lines = to === kept.join("\n") ? kept : to.split("\n");
  return { value, op, to: lines.filter((line) => line.trim() !== "") };
}

/** The whole mapping as the API takes it; an expression left empty is none. */
export function mappingOf(draft: MappingDraft) {
  const fields = Object.entries(draft.fields).flatMap(([name, field]) => {
    const from = (field?.from ?? []).map(({ text }) => text).filter((text) => text.trim() !== "");
    const map = (field?.map ?? [])
      .filter((m) => m.from.trim() !== "")
      .map(({ from: is, to }) => ({ from: is, to }));
    return from.length > 0 ? [[name, { from, map }]] : [];
  });
  return {
    name: draft.name,
    ...(draft.slug.trim() && { slug: draft.slug.trim() }),
    enabled: draft.enabled,
    source: draft.source,
    items: draft.items.trim() || null,
    matches: draft.matches.map(conditionOf),
    fields: Object.fromEntries(fields),
    recovery: draft.recovery.map(conditionOf),
    tags: draft.tags.map(({ name, value }) => ({ name, value })),
    tags_from: draft.tagsFrom.trim() || null,
    links: draft.links.map(({ name, value }) => ({ label: name, url: value })),
  };
}
