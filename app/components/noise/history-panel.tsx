import { Link } from "@remix-run/react";
import { History } from "lucide-react";
import type { HeldView } from "../../../core/policy/maintenance.ts";
import { plural } from "../../lib/format.ts";
import { Chip } from "../ui/chip.tsx";
import { ClockTime } from "../ui/clock-time.tsx";
import { Empty } from "../ui/empty.tsx";
import { Panel } from "../ui/panel.tsx";

const KIND = { silence: "Silence", maintenance: "Maintenance", rule: "Rule" } as const;
const LINKED = 5;

/** One report for each silence and occurrence of a window that ended. */
export function HistoryPanel({ history }: { history: HeldView[] }) {
  return (
    <Panel title="What was held back" flush>
      {history.length === 0 ? (
        <Empty icon={History} title="Nothing has ended yet">
          When a silence or window ends, its report stands here: how many alerts it held, what recovered, and
          the incidents of what still fires.
        </Empty>
      ) : (
        <ul className="divide-y">
          {history.map((held) => (
            <li key={held.id} className="space-y-1 px-4 py-3 text-sm">
              <p className="flex flex-wrap items-center gap-2">
                <span className="break-words font-medium">{held.name}</span>
                <Chip>{KIND[held.source.split(":")[0] as keyof typeof KIND] ?? held.source}</Chip>
                {held.how === "ended_early" && <Chip>ended early</Chip>}
                {held.how === "changed" && <Chip>was changed</Chip>}
                {!held.done && <Chip tone="warn">under way</Chip>}
              </p>
              <p className="text-soft">{digest(held)}</p>
              <p className="text-xs text-faint">
                <ClockTime at={held.started_at} /> to <ClockTime at={held.ended_at} />
              </p>
              {held.incidents.length > 0 && (
                <p className="flex flex-wrap gap-2 text-xs">
                  {held.incidents.slice(0, LINKED).map((id, i) => (
                    <Link
                      key={id}
                      to={`/incidents/${id}`}
                      className="text-accent underline underline-offset-2"
                    >
                      Incident {i + 1}
                    </Link>
                  ))}
                  {held.incidents.length > LINKED && `and ${held.incidents.length - LINKED} more`}
                </p>
              )}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

/** "3 alerts held: 1 recovered, 2 still firing". */
export function digest({ held, recovered, firing, still_held, expired }: HeldView): string {
  const parts = [
    `${recovered} recovered`,
    `${firing} still firing`,
    ...(expired > 0 ? [`${expired} silent for a day`] : []),
    ...(still_held > 0 ? [`${still_held} held on by another`] : []),
  ];
  return held === 0 ? "No alert was held." : `${plural(held, "alert")} held: ${parts.join(", ")}.`;
}
