/** `a.b.0` -> value, for every leaf. */
function leaves(value: unknown, path = "", out: Record<string, string> = {}): Record<string, string> {
  if (typeof value === "object" && value !== null && Object.keys(value).length > 0) {
    for (const [key, inner] of Object.entries(value)) leaves(inner, path ? `${path}.${key}` : key, out);
    return out;
  }
  if (value !== null && value !== undefined)
    out[path || "value"] = typeof value === "string" ? value : JSON.stringify(value);
  return out;
}

export interface Change {
  path: string;
  before: string | undefined;
  after: string | undefined;
}

/** What differs between before and after, by path; what stayed the same is left out. */
export function changesOf(before: unknown, after: unknown): Change[] {
  const was = leaves(before);
  const is = leaves(after);
  return [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .filter((path) => was[path] !== is[path])
    .map((path) => ({ path, before: was[path], after: is[path] }));
}

/** Before and after, line by line, marked by sign as well as by colour. */
export function Diff({ before, after }: { before: unknown; after: unknown }) {
  const changes = changesOf(before, after);
  if (changes.length === 0) return <p className="text-sm text-soft">It noted no values.</p>;
  return (
    <dl className="divide-y overflow-hidden rounded-md border bg-sunken font-mono text-xs">
      {changes.map(({ path, before: was, after: is }) => (
        <div key={path} className="px-3 py-2">
          <dt className="text-faint [overflow-wrap:anywhere]">{path}</dt>
          {was !== undefined && (
            <dd className="flex gap-2 text-danger">
              <span aria-hidden>−</span>
              <span className="sr-only">before:</span>
              <span className="min-w-0 whitespace-pre-wrap [overflow-wrap:anywhere]">{was}</span>
            </dd>
          )}
          {is !== undefined && (
            <dd className="flex gap-2 text-ok">
              <span aria-hidden>+</span>
              <span className="sr-only">after:</span>
              <span className="min-w-0 whitespace-pre-wrap [overflow-wrap:anywhere]">{is}</span>
            </dd>
          )}
        </div>
      ))}
    </dl>
  );
}
