import { Button } from "../ui/button.tsx";

function words(value: unknown): string {
  if (Array.isArray(value)) return value.length > 0 ? value.join(", ") : "none";
  if (typeof value === "boolean") return value ? "on" : "off";
  return value === null || value === "" ? "none" : String(value);
}

interface TheirsProps {
  what: string;
  theirs: Record<string, unknown>;
  names: Record<string, string>;
  startAnew?(): void;
}

/** Somebody else saved first: their values, and the choice between the two. */
export function Theirs({ what, theirs, names, startAnew }: TheirsProps) {
  return (
    <div role="alert" className="space-y-3 rounded-md border border-medium/50 bg-medium/10 p-3 text-sm">
      <p>
        <strong className="font-semibold">Somebody else changed this</strong> after you opened the page.
        Theirs is:
      </p>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1">
        {Object.entries(names).map(([field, name]) => (
          <div key={field} className="contents">
            <dt className="text-soft">{name}</dt>
            <dd className="break-words">{words(theirs[field])}</dd>
          </div>
        ))}
      </dl>
      <div className="flex flex-wrap gap-2">
        {startAnew && (
          <Button onClick={startAnew} aria-label={`Take theirs for ${what}`}>
            Take theirs
          </Button>
        )}
        <Button type="submit" name="overwrite" value="1" look="danger">
          Save mine over it
        </Button>
      </div>
    </div>
  );
}
