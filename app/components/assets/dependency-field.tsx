import { X } from "lucide-react";
import { useEffect, useId, useState } from "react";
import type { Asset, AssetRef } from "../../../core/asset-schema.ts";
import { api } from "../../lib/api.ts";
import type { AssetPage } from "../../lib/asset-query.ts";
import { Button } from "../ui/button.tsx";

const PAUSE_MS = 200;
const SHOWN = 8;

interface FieldProps {
  companyId: string;
  /** The asset itself, which cannot be chosen. */
  self: string | null;
  chosen: Pick<AssetRef, "id" | "name">[];
  errors?: string[];
}

/** What the asset depends on: found by name, sent as ids in fields named `depends_on`. */
export function DependencyField({ companyId, self, chosen: initial, errors }: FieldProps) {
  const id = useId();
  const [chosen, setChosen] = useState(initial);
  const [text, setText] = useState("");
  const [found, setFound] = useState<Asset[] | null>(null);
  const words = text.trim();

  useEffect(() => {
    setFound(null);
    if (!words) return;
    const stop = new AbortController();
    const timer = setTimeout(async () => {
      const path = `/api/companies/${companyId}/assets?sort=name&limit=20&q=${encodeURIComponent(words)}`;
      const answer = await api<AssetPage>(path, { signal: stop.signal });
      if (!stop.signal.aborted && answer.ok) setFound(answer.value.items);
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [companyId, words]);

  const taken = new Set([self, ...chosen.map((one) => one.id)]);
  const offered = found?.filter((asset) => !taken.has(asset.id)).slice(0, SHOWN);
  return (
    <div className="space-y-1.5">
      <label htmlFor={id} className="block text-sm font-medium">
        Depends on
      </label>
      {chosen.length > 0 && (
        <ul aria-label="Chosen dependencies" className="flex flex-wrap gap-1.5">
          {chosen.map((one) => (
            <li
              key={one.id}
              className="inline-flex items-center gap-1 rounded-md border bg-sunken pl-2 text-xs"
            >
              <input type="hidden" name="depends_on" value={one.id} />
              <span className="max-w-52 truncate">{one.name}</span>
              <button
                type="button"
                aria-label={`No longer depends on ${one.name}`}
                onClick={() => setChosen(chosen.filter((other) => other.id !== one.id))}
                className="grid size-6 place-items-center text-faint hover:text-ink"
              >
                <X aria-hidden className="size-3" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <input
        id={id}
        type="search"
        autoComplete="off"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => event.key === "Enter" && event.preventDefault()}
        placeholder="Find an asset by name"
        aria-invalid={errors?.length ? true : undefined}
        aria-describedby={`${id}-hint`}
        className="h-9 w-full rounded-md border border-line-strong bg-surface px-2.5 text-base placeholder:text-faint aria-invalid:border-danger sm:text-sm"
      />
      {offered && (
        <ul aria-label="Assets found" className="flex flex-wrap gap-1.5">
          {offered.map((asset) => (
            <li key={asset.id}>
              <Button
                size="sm"
                aria-label={`Depends on ${asset.name}`}
                onClick={() => {
                  setChosen([...chosen, { id: asset.id, name: asset.name }]);
                  setText("");
                }}
              >
                <span className="max-w-52 truncate">{asset.name}</span>
              </Button>
            </li>
          ))}
          {offered.length === 0 && <li className="text-xs text-faint">No other asset of that name.</li>}
        </ul>
      )}
      <p id={`${id}-hint`} className="text-xs text-faint">
        What must work for it to work: its host, its switch, its database.
      </p>
      {errors?.length ? (
        <p role="alert" className="text-xs text-danger">
          {errors.join(" ")}
        </p>
      ) : null}
    </div>
  );
}
