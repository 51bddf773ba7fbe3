import { type Draft, linesOf, STEPS } from "../../../lib/new-company.ts";
import { Button } from "../../ui/button.tsx";
import { strategyName } from "../strategies.ts";
import { windowWords } from "./window-words.ts";

function rowsOf(draft: Draft): [string, string][][] {
  const allowed = linesOf(draft.ip_allowlist);
  return [
    [
      ["Name", draft.name.trim()],
      ["Time zone", draft.time_zone],
      ["Brand colour", draft.color.trim() || "Your own"],
      ["Maintenance", draft.maintenance_windows.map(windowWords).join("; ") || "None planned"],
    ],
    [
      ["Signature", draft.hmac_required ? "Required" : "Not required (weaker)"],
      ["Rate limit", `${draft.requests_per_minute} a minute, bursts of ${draft.burst}`],
      ["Allowed addresses", allowed.length > 0 ? allowed.join(", ") : "All"],
    ],
    [
      ["One incident", strategyName(draft.strategy)],
      ["Window", `${draft.window_minutes} minutes`],
    ],
  ];
}

/** All of it once more, each part with the way back to it. */
export function Review({ draft, onEdit }: { draft: Draft; onEdit(step: number): void }) {
  return (
    <div className="divide-y">
      {rowsOf(draft).map((rows, step) => {
        const title = STEPS[step]?.title ?? "";
        return (
          <section key={title} aria-label={title} className="py-3 first:pt-0 last:pb-0">
            <div className="mb-1 flex items-center justify-between">
              <h3 className="text-sm font-semibold">{title}</h3>
              <Button look="quiet" size="sm" onClick={() => onEdit(step)} aria-label={`Change ${title}`}>
                Change
              </Button>
            </div>
            <dl className="grid grid-cols-[8.5rem_minmax(0,1fr)] gap-x-3 gap-y-1 text-sm">
              {rows.map(([name, value]) => (
                <div key={name} className="contents">
                  <dt className="text-faint">{name}</dt>
                  <dd className="break-words">{value}</dd>
                </div>
              ))}
            </dl>
          </section>
        );
      })}
    </div>
  );
}
