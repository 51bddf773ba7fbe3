import { compileCondition, type Test } from "./conditions.ts";
import { compileExpression, compilePath, type Expression } from "./expression.ts";
import { MAPPED_FIELDS, type MappedField, type MappingInput } from "./mapping.ts";
import type { Path } from "./path.ts";

export interface CompiledField {
  name: MappedField;
  from: { text: string; run: Expression }[];
  /** Folded word -> word; "*" every other one. */
  map: ReadonlyMap<string, string>;
}

/** A mapping made ready to run on many bodies. */
export interface CompiledMapping {
  source: string;
  items: Path | null;
  itemsText: string;
  matches: Test[];
  recovery: { text: string; holds: Test }[];
  fields: CompiledField[];
  tags: { name: string; run: Expression }[];
  tagsFrom: Expression | null;
  links: { label: string; run: Expression }[];
}

function runOf(text: string): Expression {
  const made = compileExpression(text);
  // A stored mapping was checked when it was saved; one of an older version yields nothing.
  return "run" in made ? made.run : () => undefined;
}

const known = new WeakMap<MappingInput, CompiledMapping>();

/** Compiled once for each mapping in memory. */
export function compileMapping(mapping: MappingInput): CompiledMapping {
  const before = known.get(mapping);
  if (before) return before;
  const path = mapping.items ? compilePath(mapping.items) : null;
  const made: CompiledMapping = {
    source: mapping.source,
    items: path && "path" in path ? path.path : null,
    itemsText: mapping.items ?? "",
    matches: mapping.matches.map(compileCondition),
    recovery: mapping.recovery.map((one) => ({ text: one.value, holds: compileCondition(one) })),
    fields: MAPPED_FIELDS.flatMap((name) => {
      const field = mapping.fields[name];
      if (!field || field.from.length === 0) return [];
      const from = field.from.map((text) => ({ text, run: runOf(text) }));
      return [{ name, from, map: new Map(field.map.map((m) => [m.from.trim().toLowerCase(), m.to])) }];
    }),
    tags: mapping.tags.map(({ name, value }) => ({ name, run: runOf(value) })),
    tagsFrom: mapping.tags_from ? runOf(mapping.tags_from) : null,
    links: mapping.links.map(({ label, url }) => ({ label, run: runOf(url) })),
  };
  known.set(mapping, made);
  return made;
}
