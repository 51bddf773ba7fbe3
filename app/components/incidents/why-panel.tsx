import type { Incident } from "../../../core/incident.ts";
import { Panel } from "../ui/panel.tsx";
import { WhyList } from "../ui/why-list.tsx";
import { ScoreBar } from "./score-bar.tsx";

/** The longest first: a key starts with its strategy. */
const STRATEGIES = [
  ["asset|signature|tool|", "same asset, same problem, same tool"],
  ["asset|signature|", "same asset and same problem"],
  ["signature|", "same problem on any asset"],
  ["asset|", "same asset"],
  ["smart|", "evidence that they belong together"],
] as const;

function windowOf(incident: Incident): number | null {
  for (const reason of incident.why) {
    const minutes = reason.evidence?.window_minutes;
    if (typeof minutes === "number") return minutes;
  }
  return null;
}

/** Why these alerts are one incident, and why it ranks where it does. */
export function WhyPanel({ incident }: { incident: Incident }) {
  const strategy = STRATEGIES.find(([start]) => incident.aggregation_key.startsWith(start))?.[1];
  const window = windowOf(incident);
  return (
    <Panel title="Why">
      <WhyList reasons={incident.why} />
      <dl className="mt-4 grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5 text-sm">
        {strategy && (
          <>
            <dt className="text-faint">Grouped by</dt>
            <dd>{strategy}</dd>
          </>
        )}
        <dt className="text-faint">Key</dt>
        <dd className="break-all font-mono text-xs leading-5">{incident.aggregation_key}</dd>
        {window !== null && (
          <>
            <dt className="text-faint">Window</dt>
            <dd>{window} minutes after the last alert</dd>
          </>
        )}
      </dl>
      <h3 className="mt-5 mb-3 text-sm font-semibold">Priority</h3>
      <ScoreBar incident={incident} />
    </Panel>
  );
}
