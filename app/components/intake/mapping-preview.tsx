import type { Part } from "../../../core/mapping/explain.ts";
import { plural } from "../../lib/format.ts";
import { Chip } from "../ui/chip.tsx";
import { partLabel } from "./mapping-words.ts";
import { said, UnderstoodAlert } from "./understood-alert.tsx";
import type { Preview } from "./use-mapping-preview.ts";
import type { PreviewState } from "./use-preview.ts";

/** What one field holds, the expression that yielded it, and whether it had to be guessed. */
function PartRow({ part }: { part: Part }) {
  const { field, value, expression, fallback, raw, guessed, note } = part;
  return (
    <li className="grid gap-x-3 gap-y-0.5 py-1 sm:grid-cols-[7rem_1fr]">
      <span className="text-faint">{partLabel(field)}</span>
      <span className="min-w-0 space-y-0.5">
        <span className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
          {value !== null && <span className="min-w-0 break-all text-ink">{value}</span>}
          {guessed && <Chip tone="warn">guessed</Chip>}
        </span>
        {expression && (
          <span className="block break-all text-soft">
            from <code className="text-accent">{expression}</code>
            {fallback ? ` (fallback ${fallback})` : ""}
            {raw !== null && `, which said “${raw}”`}
          </span>
        )}
        {note && <span className="block text-soft">{note}</span>}
      </span>
    </li>
  );
}

function ItemPreview({ item, open }: { item: Preview["items"][number]; open: boolean }) {
  const { alert, dedup_key, fields, parts } = item;
  const guesses = parts.filter(({ guessed }) => guessed).length;
  return (
    <li className="space-y-1 py-2 first:pt-0">
      {alert ? (
        <>
          <UnderstoodAlert alert={alert} />
          <p className="break-all font-mono text-xs text-faint">key: {dedup_key}</p>
        </>
      ) : (
        <p className="break-words text-danger">{said(fields)}</p>
      )}
      {parts.length > 0 && (
        <details open={open} className="text-xs">
          <summary className="cursor-pointer text-soft">
            Where each field came from{guesses > 0 && `, ${plural(guesses, "guess", "guesses")}`}
          </summary>
          <ul className="mt-1 divide-y" aria-label={`Fields of alert ${item.index + 1}`}>
            {parts.map((part) => (
              <PartRow key={part.field} part={part} />
            ))}
          </ul>
        </details>
      )}
    </li>
  );
}

/** What the mapping makes of the body, or why it cannot. */
export function MappingPreview({ state }: { state: PreviewState<Preview> }) {
  const preview = state && "preview" in state ? state.preview : null;
  const problem = state && "problem" in state ? state.problem : null;
  const wrong = problem ?? (preview?.detail ? `${preview.detail} ${said(preview.fields)}` : null);
  return (
    <section
      aria-label="What becomes of it"
      aria-live="polite"
      className="space-y-2 rounded-md border bg-sunken p-3 text-sm"
    >
      {!state && <p className="text-soft">Give a body to see what becomes of it.</p>}
      {wrong && <p className="break-words text-danger">{wrong}</p>}
      {preview && !preview.fits && !preview.detail && (
        <p className="text-medium">
          Its conditions do not hold for this body: only an address that names this mapping would use it.
        </p>
      )}
      {preview?.taken_by && (
        <p className="text-medium">
          {`“${preview.taken_by}” stands before it and is for this body too: the first that fits reads it.`}
        </p>
      )}
      {preview && (
        <ul className="divide-y">
          {preview.items.map((item, i) => (
            <ItemPreview key={item.index} item={item} open={i === 0} />
          ))}
        </ul>
      )}
      {preview && preview.total > preview.items.length && (
        <p className="text-faint">and {plural(preview.total - preview.items.length, "more alert")}</p>
      )}
    </section>
  );
}
