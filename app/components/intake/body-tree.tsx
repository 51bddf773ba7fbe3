import { useMemo } from "react";
import { bodyPaths, type Leaf } from "./body-paths.ts";

interface TreeProps {
  body: string;
  items: string;
  /** What the next click fills. */
  field: string;
  onPick(path: string): void;
  onItems(path: string): void;
}

const ROW = "w-full rounded px-2 py-0.5 text-left font-mono text-xs break-all hover:bg-hover";

function Leaves({ leaves, field, onPick }: { leaves: Leaf[] } & Pick<TreeProps, "field" | "onPick">) {
  return leaves.map(({ path, text }) => (
    <li key={path}>
      <button type="button" className={ROW} onClick={() => onPick(path)}>
        <span className="text-accent">{path}</span> <span className="text-soft">{text.slice(0, 120)}</span>
        <span className="sr-only">, take it for {field}</span>
      </button>
    </li>
  ));
}

/** Values of the body; a click puts one's path into the field that was last used. */
export function BodyTree({ body, items, field, onPick, onItems }: TreeProps) {
  const paths = useMemo(() => bodyPaths(body, items), [body, items]);
  if (!body.trim()) return null;
  if (!paths) return <p className="text-xs text-faint">This body is no JSON; it is read as a form.</p>;
  const others = paths.lists.filter((path) => path !== items.trim() && `${path}[*]` !== items.trim());
  return (
    <div className="space-y-2">
      <p className="text-xs text-soft">
        A click puts the path into <strong className="font-medium">{field}</strong>.
      </p>
      <ul
        aria-label="Values of the body"
        className="max-h-48 overflow-y-auto rounded-md border bg-sunken p-1"
        tabIndex={-1}
      >
        <Leaves leaves={paths.own} field={field} onPick={onPick} />
        <Leaves leaves={paths.whole} field={field} onPick={onPick} />
        {others.map((path) => (
          <li key={path}>
            <button type="button" className={ROW} onClick={() => onItems(path)}>
              <span className="text-accent">{path}</span>{" "}
              <span className="text-soft">is a list: take each of it as an alert</span>
            </button>
          </li>
        ))}
      </ul>
      {items.trim() && paths.own.length === 0 && (
        <p className="text-xs text-medium">This body has no list at {items.trim()}.</p>
      )}
    </div>
  );
}
