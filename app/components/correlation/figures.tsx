import type { Kpis } from "../../../core/company.ts";
import type { CorrelationSettings } from "../../../core/settings.ts";
import { count, plural } from "../../lib/format.ts";
import { STRATEGIES, strategyName } from "../companies/strategies.ts";
import { type Part, PartOf } from "../overview/part.tsx";
import { Panel } from "../ui/panel.tsx";

interface FiguresProps {
  settings: CorrelationSettings | null;
  figures: { days: number; part: Part<Kpis> }[];
}

function Figure({ days, kpis }: { days: number; kpis: Kpis }) {
  if (kpis.alerts === 0)
    return <p className="text-sm text-soft">Last {plural(days, "day")}: no alerts came in.</p>;
  return (
    <div>
      <p className="text-xs text-faint">Last {plural(days, "day")}</p>
      <p className="text-lg font-semibold tabular-nums">
        {count(kpis.alerts)} <span aria-hidden>→</span>
        <span className="sr-only">alerts became</span> {count(kpis.incidents)}
      </p>
      <p className="text-xs text-soft">
        {plural(kpis.alerts, "alert")} in {plural(kpis.incidents, "incident")}
        {kpis.incidents > 0 &&
          kpis.noise_reduction !== null &&
          `, ${Math.round(kpis.noise_reduction)} % less noise`}
      </p>
    </div>
  );
}

/** What the company's grouping does, with its own figures. */
export function CorrelationFigures({ settings, figures }: FiguresProps) {
  const note = STRATEGIES.find(({ id }) => id === settings?.strategy)?.note;
  return (
    <Panel title="How alerts are grouped now">
      <div className="space-y-4">
        {settings && (
          <p className="text-sm">
            <strong className="font-medium">{strategyName(settings.strategy)}.</strong>{" "}
            <span className="text-soft">
              {note} An incident takes more alerts until {plural(settings.window_minutes, "minute")} pass
              without one, resolves {plural(settings.resolve_delay_minutes, "minute")} after its last
              recovery, and is reopened by what comes within {plural(settings.reopen_minutes, "minute")} of
              that.
            </span>
          </p>
        )}
        <div className="grid gap-4 sm:grid-cols-2">
          {figures.map(({ days, part }) => (
            <PartOf key={days} part={part}>
              {(kpis) => <Figure days={days} kpis={kpis} />}
            </PartOf>
          ))}
        </div>
      </div>
    </Panel>
  );
}
