import { plural } from "../../lib/format.ts";

const HINTS = [
  ["j k", "move"],
  ["Enter", "open"],
  ["a", "acknowledge"],
  ["r", "resolve"],
  ["x", "select"],
] as const;

interface ListFootProps {
  n: number;
  hasMore: boolean;
  onHelp(): void;
}

/** How much is loaded, and the keys that drive the list. */
export function ListFoot({ n, hasMore, onHelp }: ListFootProps) {
  return (
    <div className="flex h-8 shrink-0 items-center gap-4 border-t bg-surface px-4 text-xs text-faint max-sm:hidden">
      <span>
        {plural(n, "incident")}
        {hasMore ? " loaded, more below" : ""}
      </span>
      <span aria-hidden className="ml-auto flex gap-3 max-lg:hidden">
        {HINTS.map(([key, what]) => (
          <span key={key}>
            <kbd className="font-sans font-medium text-soft">{key}</kbd> {what}
          </span>
        ))}
      </span>
      <button type="button" onClick={onHelp} className="hover:text-ink max-lg:ml-auto">
        Keyboard shortcuts
      </button>
    </div>
  );
}
