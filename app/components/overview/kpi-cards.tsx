import type { Kpis } from "../../../core/company.ts";
import { count, duration, plural } from "../../lib/format.ts";
import { scopedTo } from "../frame/nav.ts";
import { KpiCard } from "./kpi-card.tsx";

const BAND = {
  excellent: "Excellent, target 40 %",
  good: "Good, target 40 %",
  low: "Low, target 40 %",
} as const;

/** The figures that are computed; one without data yet says so instead of showing a zero. */
export function KpiCards({ kpis, scope }: { kpis: Kpis; scope: string | null }) {
  const { noise_reduction: noise, noise_band: band, mtta_seconds: mtta, mttr_seconds: mttr } = kpis;
  const open = scopedTo("/incidents", true, scope);
  const and = open.includes("?") ? "&" : "?";
  return (
    <dl aria-label="Key figures" className="grid grid-cols-2 gap-3 md:grid-cols-3 xl:grid-cols-6">
      <KpiCard
        label="Critical"
        value={count(kpis.critical_alerts)}
        note="open critical incidents"
        tone={kpis.critical_alerts > 0 ? "text-critical" : undefined}
        to={`${open}${and}severity=critical`}
      />
      <KpiCard
        label="High priority"
        value={count(kpis.high_priority)}
        note="open, scored 60 or more"
        to={open}
      />
      <KpiCard label="Active incidents" value={count(kpis.active_incidents)} note="not resolved" to={open} />
      <KpiCard
        label="Noise reduction"
        value={noise === null ? "None yet" : `${Math.round(noise)} %`}
        note={
          band
            ? `${BAND[band]}: ${plural(kpis.alerts, "alert")}, ${plural(kpis.incidents, "incident")}`
            : "no alerts in this time"
        }
      />
      <KpiCard
        label="Time to acknowledge"
        value={mtta === null ? "None yet" : duration(mtta)}
        note={mtta === null ? "nothing acknowledged" : "mean, MTTA"}
      />
      <KpiCard
        label="Time to resolve"
        value={mttr === null ? "None yet" : duration(mttr)}
        note={mttr === null ? "nothing resolved" : "mean, MTTR"}
      />
    </dl>
  );
}
