import { Link } from "@remix-run/react";
import { useState } from "react";
import type { Difference } from "../../../core/replay/schema.ts";
import { plural } from "../../lib/format.ts";
import { Chip } from "../ui/chip.tsx";
import { SwimLanes } from "./lanes.tsx";
import { letterOf, Swatch } from "./swatch.tsx";

const KIND = {
  merged: { word: "Merged", tone: "accent" },
  split: { word: "Split", tone: "warn" },
  moved: { word: "Regrouped", tone: "warn" },
  new: { word: "New", tone: "ok" },
  gone: { word: "Gone", tone: "plain" },
} as const;

function told({ kind, before, after, before_count, after_count, alerts }: Difference): string {
  const [was, is] = [before[0]?.title ?? "", after[0]?.title ?? ""];
  if (kind === "merged") return `${plural(before_count, "incident")} would be one: ${is}`;
  if (kind === "split") return `${was} would be ${plural(after_count, "incident")}`;
  if (kind === "new") return `${is} would open, with ${plural(alerts, "alert")}`;
  if (kind === "gone") return `${was} would not open`;
  if (before_count === 1 && after_count === 1) return `${was} would have other alerts`;
  return `${plural(before_count, "incident")} would be ${after_count} others`;
}

function Side({ title, side, total }: { title: string; side: Difference["before"]; total: number }) {
  return (
    <div className="min-w-0">
      <h4 className="text-xs font-medium text-faint">{title}</h4>
      {total === 0 && <p className="text-sm text-soft">In no incident</p>}
      <ul className="mt-1 space-y-1 text-sm">
        {side.map(({ id, title: name, alerts }, i) => (
          <li key={id ?? `${i}-${name}`} className="flex items-baseline gap-2">
            <Swatch at={i} />
            <span className="min-w-0 break-words">
              {id ? (
                <Link to={`/incidents/${id}`} className="underline decoration-line-strong underline-offset-2">
                  {name}
                </Link>
              ) : (
                name
              )}{" "}
              <span className="text-xs text-faint">{plural(alerts, "alert")}</span>
            </span>
          </li>
        ))}
      </ul>
      {total > side.length && <p className="mt-1 text-xs text-faint">and {total - side.length} more</p>}
    </div>
  );
}

/** The lanes once more, for whoever cannot see them. */
function AsTable({ difference: { lanes } }: { difference: Difference }) {
  const name = (at: number | null) => (at === null ? "none" : letterOf(at));
  return (
    <details className="text-sm">
      <summary className="cursor-pointer text-xs text-soft">As a table</summary>
      <div className="mt-2 overflow-x-auto">
        <table className="w-full text-xs">
          <thead>
            <tr className="text-left text-faint">
              {["Asset", "Problem", "First came", "Incident as it is", "As it would be"].map((head) => (
                <th key={head} scope="col" className="py-1 pr-3 font-normal">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lanes.flatMap(({ asset, points }) =>
              points.map((point) => (
                <tr key={point.alert_id} className="border-t">
                  <td className="py-1 pr-3">{asset}</td>
                  <td className="py-1 pr-3">{point.signature}</td>
                  <td className="py-1 pr-3 tabular-nums">{point.from.slice(0, 19).replace("T", " ")}</td>
                  <td className="py-1 pr-3">{name(point.before)}</td>
                  <td className="py-1 pr-3">{name(point.after)}</td>
                </tr>
              )),
            )}
          </tbody>
        </table>
      </div>
    </details>
  );
}

/** One difference; its lanes are drawn when it is opened. */
export function DifferenceItem({ difference, first }: { difference: Difference; first: boolean }) {
  const [open, setOpen] = useState(first);
  const { word, tone } = KIND[difference.kind];
  return (
    <li className="rounded-md border">
      <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary className="flex cursor-pointer flex-wrap items-center gap-2 px-3 py-2 text-sm">
          <Chip tone={tone}>{word}</Chip>
          <span className="min-w-0 break-words">{told(difference)}</span>
          <span className="ml-auto text-xs text-faint">{plural(difference.alerts, "alert")}</span>
        </summary>
        {open && (
          <div className="space-y-4 border-t p-3">
            <SwimLanes difference={difference} />
            <div className="grid gap-4 sm:grid-cols-2">
              <Side title="As it is" side={difference.before} total={difference.before_count} />
              <Side title="As it would be" side={difference.after} total={difference.after_count} />
            </div>
            <AsTable difference={difference} />
          </div>
        )}
      </details>
    </li>
  );
}
