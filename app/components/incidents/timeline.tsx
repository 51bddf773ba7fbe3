import {
  ArrowUpRight,
  BellPlus,
  CheckCircle2,
  CircleDot,
  CircleUser,
  type LucideIcon,
  MessageSquareText,
  RotateCcw,
  Siren,
  TrendingUp,
} from "lucide-react";
import type { TimelineEntry } from "../../../core/incident.ts";
import { ClockTime } from "../ui/clock-time.tsx";
import { Panel } from "../ui/panel.tsx";

const ICON: Record<string, LucideIcon> = {
  opened: Siren,
  alert_joined: BellPlus,
  severity_raised: TrendingUp,
  alert_refired: BellPlus,
  alert_resolved: CheckCircle2,
  acknowledged: CircleUser,
  resolved: CheckCircle2,
  reopened: RotateCcw,
  escalated: ArrowUpRight,
  note: MessageSquareText,
};

/** Everything that happened, newest first, by whom. */
export function Timeline({ entries }: { entries: TimelineEntry[] }) {
  const newestFirst = [...entries].sort((a, b) => b.seq - a.seq);
  return (
    <Panel title="Timeline">
      <ol className="space-y-4">
        {newestFirst.map((entry) => {
          const Icon = ICON[entry.kind] ?? CircleDot;
          return (
            <li
              key={entry.seq}
              className="relative flex gap-3 not-last:before:absolute not-last:before:top-6 not-last:before:-bottom-4 not-last:before:left-2.75 not-last:before:w-px not-last:before:bg-line"
            >
              <span className="relative grid size-5.5 shrink-0 place-items-center rounded-full border bg-raised text-soft">
                <Icon aria-hidden className="size-3" />
              </span>
              <div className="min-w-0 pt-px">
                <p className="whitespace-pre-wrap break-words text-sm">{entry.text}</p>
                <p className="text-xs text-faint">
                  <ClockTime at={entry.at} />
                  {entry.actor.name ? ` · ${entry.actor.name}` : ""}
                  {entry.kind === "note" && (entry.public ? " · the client sees it" : " · internal")}
                </p>
              </div>
            </li>
          );
        })}
      </ol>
    </Panel>
  );
}
