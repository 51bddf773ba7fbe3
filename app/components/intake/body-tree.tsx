const DEPTH = 6;
const SHOWN = 60;

interface Leaf {
  path: string;
  text: string;
}

const step = (name: string) => (/^[\p{L}\p{N}_@#-]+$/u.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`);

function leavesOf(value: unknown, path: string, found: Leaf[], depth = 0): Leaf[] {
  if (found.length >= SHOWN || depth > DEPTH) return found;
  if (typeof value !== "object" || value === null) {
    found.push({ path, text: String(value) });
    return found;
  }
  for (const [name, child] of Object.entries(value))
    leavesOf(child, path + (Array.isArray(value) ? `[${name}]` : step(name)), found, depth + 1);
  return found;
}

/** The first alert's part of the body, where a plain path leads to a list. */
function firstOf(body: unknown, items: string): unknown {
  let here = body;
  for (const name of items
    .replace(/^\$\.?/, "")
    .split(".")
    .filter(Boolean))
    here = typeof here === "object" && here !== null ? (here as Record<string, unknown>)[name] : undefined;
  return Array.isArray(here) ? here[0] : here;
}

/** Values of the body; a click puts one's path into the field that was last used. */
export function BodyTree(props: { body: string; items: string; field: string; onPick(path: string): void }) {
  let parsed: unknown;
  try {
    parsed = JSON.parse(props.body);
  } catch {
    return null;
  }
  const leaves = leavesOf(firstOf(parsed, props.items), "$", []);
  return (
    <ul aria-label="Values of the body" className="max-h-48 overflow-y-auto rounded-md border bg-sunken p-1">
      {leaves.map(({ path, text }) => (
        <li key={path}>
          <button
            type="button"
            className="w-full rounded px-2 py-0.5 text-left font-mono text-xs break-all hover:bg-hover"
            onClick={() => props.onPick(path)}
            aria-label={`Take ${path} for ${props.field}`}
          >
            <span className="text-accent">{path}</span>{" "}
            <span className="text-soft">{text.slice(0, 120)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
