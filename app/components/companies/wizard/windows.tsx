import { plural } from "../../../lib/format.ts";
import type { TimedWindow } from "../../noise/window-fields.tsx";
import { Button } from "../../ui/button.tsx";
import { whenWords } from "./window-words.ts";

interface WindowsProps {
  windows: TimedWindow[];
  error: string | undefined;
  onPlan(which: number | "new"): void;
  onRemove(n: number): void;
}

/** The windows that the company begins with. */
export function Windows({ windows, error, onPlan, onRemove }: WindowsProps) {
  // Nothing but its place tells two of one name apart.
  const rows = windows.map((window, n) => ({ window, n, key: `${n} ${window.name}` }));
  return (
    <fieldset className="min-w-0 space-y-2">
      <legend className="text-sm font-medium">Maintenance windows</legend>
      <p className="text-xs text-faint">
        Planned times in which alerts are expected: new ones are kept and marked, and reported at the end.
      </p>
      <p role="status" className="sr-only">
        {windows.length > 0 && `${plural(windows.length, "maintenance window")} planned`}
      </p>
      {windows.length > 0 && (
        <ul className="divide-y rounded-md border">
          {rows.map(({ window, n, key }) => (
            <li key={key} className="flex flex-wrap items-start gap-x-3 gap-y-2 px-3 py-2 text-sm">
              <div className="min-w-0 flex-1 basis-48">
                <p className="font-medium break-words">{window.name}</p>
                <p className="text-xs break-words text-faint">{whenWords(window)}</p>
              </div>
              <span className="flex gap-2">
                <Button size="sm" onClick={() => onPlan(n)} aria-label={`Change ${window.name}`}>
                  Change
                </Button>
                <Button size="sm" onClick={() => onRemove(n)} aria-label={`Remove ${window.name}`}>
                  Remove
                </Button>
              </span>
            </li>
          ))}
        </ul>
      )}
      {error && (
        <p role="alert" className="text-xs text-danger">
          {error}
        </p>
      )}
      <Button size="sm" onClick={() => onPlan("new")}>
        Plan a window
      </Button>
    </fieldset>
  );
}
