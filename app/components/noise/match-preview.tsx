import { useEffect, useState } from "react";
import type { Alert } from "../../../core/alert.ts";
import { api } from "../../lib/api.ts";
import { plural } from "../../lib/format.ts";
import { Age } from "../ui/age.tsx";
import { ClockTime } from "../ui/clock-time.tsx";

const QUIET_MS = 400;
const DAYS = 7;

interface Found {
  looked_at: number;
  matched: number;
  items: Alert[];
  occurrences?: { starts_at: string; ends_at: string }[];
}

type State = { found: Found } | { problem: string } | null;

/** What it would have fitted, asked anew a moment after the last change. `body` null: not ready to ask. */
export function MatchPreview({ path, body }: { path: string; body: object | null }) {
  const [state, setState] = useState<State>(null);
  const text = body && JSON.stringify({ ...body, days: DAYS });
  useEffect(() => {
    if (!text) return setState(null);
    const gone = new AbortController();
    const timer = setTimeout(async () => {
      const answer = await api<Found>(path, {
        method: "POST",
        body: JSON.parse(text),
        signal: gone.signal,
      });
      if (gone.signal.aborted) return;
      if (answer.ok) setState({ found: answer.value });
      else setState({ problem: Object.values(answer.error.fields ?? {})[0] ?? answer.error.detail });
    }, QUIET_MS);
    return () => {
      clearTimeout(timer);
      gone.abort();
    };
  }, [path, text]);

  return (
    <section
      aria-label="Preview"
      aria-live="polite"
      className="space-y-2 rounded-md border bg-sunken p-3 text-sm"
    >
      {!state && <p className="text-soft">What it fits shows here.</p>}
      {state && "problem" in state && <p className="text-soft">{state.problem}</p>}
      {state && "found" in state && <FoundParts found={state.found} />}
    </section>
  );
}

function FoundParts({ found: { looked_at, matched, items, occurrences } }: { found: Found }) {
  return (
    <>
      <p>
        {looked_at === 0
          ? `No alert came in the last ${DAYS} days.`
          : `Would have matched ${matched} of the last ${plural(looked_at, "alert")} (at most ${DAYS} days back).`}
      </p>
      {items.length > 0 && (
        <ul className="space-y-0.5 text-xs text-soft">
          {items.slice(0, 5).map((alert) => (
            <li key={alert.id} className="truncate">
              <Age at={alert.received_at} ago /> {alert.asset_name || "unnamed"}: {alert.signature}
            </li>
          ))}
        </ul>
      )}
      {occurrences && (
        <div>
          <p className="font-medium">Next times</p>
          {occurrences.length === 0 && <p className="text-soft">None: it is over.</p>}
          <ol className="text-xs text-soft">
            {occurrences.slice(0, 5).map(({ starts_at, ends_at }) => (
              <li key={starts_at}>
                <ClockTime at={starts_at} /> to <ClockTime at={ends_at} />
              </li>
            ))}
          </ol>
        </div>
      )}
    </>
  );
}
