import type { Incident } from "../../../core/incident.ts";
import { count, plural, score } from "../../lib/format.ts";
import { liveScore } from "../../lib/live-score.ts";
import { useNow } from "../../lib/now.tsx";

const SEVERITY_FILL = {
  critical: "bg-critical",
  high: "bg-high",
  medium: "bg-medium",
  low: "bg-low",
} as const;

/** The priority score as the sum it is: one bar segment and one line for each part. */
export function ScoreBar({ incident }: { incident: Incident }) {
  const now = useNow();
  const { score: total, age } = liveScore(incident, now);
  const { severity, critical_asset, duplicates, multi_tool } = incident.priority_parts;
  const parts = [
    { label: `Severity ${incident.severity}`, value: severity, fill: SEVERITY_FILL[incident.severity] },
    { label: "Critical asset", value: critical_asset, fill: "bg-accent" },
    { label: plural(incident.alert_count, "alert"), value: duplicates, fill: "bg-accent/70" },
    { label: `${count(incident.tool_sources.length)} tools agree`, value: multi_tool, fill: "bg-accent/45" },
  ].filter((part) => part.value > 0);
  const sum = parts.reduce((all, part) => all + part.value, 0) || 1;
  return (
    <div className="space-y-3">
      <div aria-hidden className="flex h-2 gap-0.5 overflow-hidden rounded-full">
        {parts.map((part) => (
          <div key={part.label} className={part.fill} style={{ width: `${(part.value / sum) * 100}%` }} />
        ))}
      </div>
      <dl className="space-y-1 text-sm">
        {parts.map((part) => (
          <div key={part.label} className="flex items-center gap-2">
            <dt className="flex items-center gap-2 text-soft">
              <span aria-hidden className={`size-2 rounded-full ${part.fill}`} />
              {part.label}
            </dt>
            <dd className="ml-auto">+{score(part.value)}</dd>
          </div>
        ))}
        <div className="flex items-center gap-2">
          <dt className="pl-4 text-soft">Age, at most 10</dt>
          <dd className="ml-auto">−{score(age)}</dd>
        </div>
        <div className="flex items-center gap-2 border-t pt-1.5 font-semibold">
          <dt>Priority score</dt>
          <dd className="ml-auto">{score(total)}</dd>
        </div>
      </dl>
    </div>
  );
}
