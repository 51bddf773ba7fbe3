import { useState } from "react";
import type { Comparison, Difference } from "../../../core/replay/schema.ts";
import { count, plural } from "../../lib/format.ts";
import { Button } from "../ui/button.tsx";
import { ClockTime } from "../ui/clock-time.tsx";
import { DifferenceItem } from "./difference.tsx";

const SHOWN = 10;

const ROWS = [
  ["incidents", "Incidents"],
  ["noise_reduction", "Noise reduction"],
  ["suppressed", "Alerts held back"],
  ["dropped", "Alerts dropped"],
  ["ungrouped", "Alerts in no incident"],
] as const;

function Totals({ result }: { result: Comparison }) {
  const text = (side: Comparison["before"], name: (typeof ROWS)[number][0]) => {
    const value = side[name];
    if (value === null) return "–";
    return name === "noise_reduction" ? `${value} %` : count(value);
  };
  return (
    <table className="w-full text-sm">
      <caption className="sr-only">How it is against how it would be</caption>
      <thead>
        <tr className="text-left text-xs text-faint">
          <td />
          <th scope="col" className="py-1 text-right font-normal">
            As it is
          </th>
          <th scope="col" className="py-1 text-right font-normal">
            As it would be
          </th>
        </tr>
      </thead>
      <tbody>
        {ROWS.filter(
          ([name]) => name === "incidents" || result.before[name] !== 0 || result.after[name] !== 0,
        ).map(([name, label]) => (
          <tr key={name} className="border-t">
            <th scope="row" className="py-1.5 text-left font-normal text-soft">
              {label}
            </th>
            <td className="py-1.5 text-right tabular-nums">{text(result.before, name)}</td>
            <td className="py-1.5 text-right font-medium tabular-nums">{text(result.after, name)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** One sentence for each thing that would happen to incidents. */
function sentences({ kinds }: Comparison): string[] {
  const all: string[] = [];
  const { merged, split, moved, gone } = kinds;
  const into = (n: number) => (n === 1 ? "1" : count(n));
  if (merged.before) all.push(`${plural(merged.before, "incident")} would merge into ${into(merged.after)}.`);
  if (split.before) all.push(`${plural(split.before, "incident")} would split into ${into(split.after)}.`);
  if (moved.before)
    all.push(`${plural(moved.before, "incident")} would be regrouped into ${into(moved.after)}.`);
  if (kinds.new.after) all.push(`${plural(kinds.new.after, "new incident")} would open.`);
  if (gone.before) all.push(`${plural(gone.before, "incident")} would not open.`);
  all.push(
    `${plural(kinds.same.before, "incident")} would stay as ${kinds.same.before === 1 ? "it is" : "they are"}.`,
  );
  return all;
}

/** An alert is in one difference alone. */
const keyOf = ({ lanes }: Difference): string => lanes[0]?.points[0]?.alert_id ?? "";

/** What a what-if found: totals, then each difference with its lanes. */
export function ComparisonView({ result }: { result: Comparison }) {
  const [all, setAll] = useState(false);
  const { differences } = result;
  if (result.alerts === 0)
    return (
      <p className="text-sm text-soft">
        No alerts came in during that time, so there is nothing to compare. Choose a longer one.
      </p>
    );
  return (
    <div className="space-y-4">
      <p role="status" className="text-sm text-soft">
        {plural(result.alerts, "alert")}
        {result.deliveries > result.alerts && ` (${count(result.deliveries)} with repeats)`} from{" "}
        <ClockTime at={result.from} /> to <ClockTime at={result.to} />.
      </p>
      <Totals result={result} />
      <ul className="list-disc space-y-1 pl-5 text-sm">
        {sentences(result).map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      {differences.length === 0 ? (
        <p className="text-sm font-medium">Nothing would change.</p>
      ) : (
        <section aria-labelledby="differences">
          <h3 id="differences" className="mb-2 text-sm font-semibold">
            Incidents that would be other ones
          </h3>
          <ul className="space-y-2">
            {differences.slice(0, all ? differences.length : SHOWN).map((difference, i) => (
              <DifferenceItem key={keyOf(difference)} difference={difference} first={i === 0} />
            ))}
          </ul>
          <div className="mt-3 flex flex-wrap items-center gap-3 text-xs text-faint">
            {!all && differences.length > SHOWN && (
              <Button size="sm" onClick={() => setAll(true)}>
                Show {differences.length - SHOWN} more
              </Button>
            )}
            {result.differences_not_listed > 0 && (
              <span>
                {plural(result.differences_not_listed, "smaller difference")} counted above, not listed.
              </span>
            )}
          </div>
        </section>
      )}
    </div>
  );
}
