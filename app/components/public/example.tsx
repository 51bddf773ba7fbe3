import { ArrowRight } from "lucide-react";
import { SeverityMark } from "../ui/severity.tsx";

const ALERTS = [
  ["web-01", "CPU at 97 % for 5 minutes", "×3"],
  ["web-01", "HighCpuUsage firing", "×1"],
  ["web-01", "CPU load critical", "×1"],
] as const;

const PARTS = [
  ["Severity critical", "+90"],
  ["Critical asset", "+20"],
  ["5 alerts", "+10"],
  ["2 tools agree", "+10"],
  ["Age, 2 hours", "−2"],
] as const;

/** The product's own arithmetic on an example that says it is one. */
export function Example() {
  return (
    <figure className="glass rounded-xl p-4 sm:p-6">
      <figcaption className="mb-4 text-xs text-soft">
        An example: five deliveries from two tools, one incident
      </figcaption>
      <div className="grid items-center gap-4 md:grid-cols-[minmax(0,1fr)_auto_minmax(0,1.2fr)]">
        <ul className="space-y-2">
          {ALERTS.map(([asset, text, times]) => (
            <li key={text} className="flex items-center gap-3 rounded-md border bg-surface px-3 py-2 text-sm">
              <span className="min-w-0 flex-1">
                <span className="block truncate">{text}</span>
                <span className="block text-xs text-faint">{asset}</span>
              </span>
              <span className="text-xs text-soft">{times}</span>
            </li>
          ))}
        </ul>
        <ArrowRight aria-hidden className="mx-auto size-6 text-faint max-md:rotate-90" />
        <div className="rounded-lg border border-line-strong bg-raised p-4 shadow-card">
          <div className="flex items-start justify-between gap-3">
            <div>
              <SeverityMark severity="critical" />
              <p className="mt-1 font-semibold">High CPU usage on web-01</p>
            </div>
            <span className="text-2xl font-semibold tracking-tight">128</span>
          </div>
          <p className="mt-3 border-l-2 border-accent pl-3 text-sm text-soft">
            Same asset, same problem, within 15 minutes of each other.
          </p>
          <dl className="mt-3 space-y-0.5 text-xs">
            {PARTS.map(([label, value]) => (
              <div key={label} className="flex justify-between">
                <dt className="text-soft">{label}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </div>
      </div>
    </figure>
  );
}
