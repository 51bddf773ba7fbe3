export type Path = (string | number)[];

/** Where every value of a JSON document is; of long arrays the first few. */
export function pathsOf(value: unknown, at: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [at];
  const inner = Array.isArray(value)
    ? value.slice(0, 3).flatMap((item, i) => pathsOf(item, [...at, i]))
    : Object.entries(value).flatMap(([name, item]) => pathsOf(item, [...at, name]));
  return [at, ...inner];
}

/** A copy with another value at that place; `undefined` takes the place away. */
export function withValue(document: unknown, path: Path, value: unknown): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return value;
  if (Array.isArray(document))
    return document.map((item, i) => (i === name ? withValue(item, rest, value) : item));
  const copy = { ...(document as Record<string, unknown>) };
  const next = withValue(copy[name], rest, value);
  if (next === undefined) delete copy[name];
  else copy[name] = next;
  return copy;
}

/** Names that occur anywhere in a document. */
export function namesOf(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(namesOf);
  return Object.entries(value).flatMap(([name, item]) => [name, ...namesOf(item)]);
}

/** Arrays or objects within one another, as JSON.parse makes them of a hostile body. */
export function nested(depth: number, open: "[" | '{"a":'): unknown {
  const close = open === "[" ? "]" : "}";
  return JSON.parse(open.repeat(depth) + (open === "[" ? "" : "1") + close.repeat(depth));
}
