import type { Kpis } from "../../../core/company.ts";
import { count, duration } from "../../lib/format.ts";
import { scopedTo } from "../frame/nav.ts";
import { KpiCard } from "./kpi-card.tsx";

const BAND = { excellent: "excellent", good: "good", low: "below 20 %" } as const;

/** Share, band and what it was computed from, or why there is none. */
function noise({ noise_reduction: percent, noise_band: band, alerts, incidents }: Kpis) {
  if (percent === null) return { value: null, note: "no alerts in this time" };
  const made = `${count(alerts)} → ${count(incidents)}`;
  return { value: `${Math.round(percent)} %`, note: band ? `${BAND[band]}: ${made}` : made };
}

/** The figures that are computed; one without data yet says so instead of showing a zero. */
export function KpiCards({ kpis, scope }: { kpis: Kpis; scope: string | null }) {
  const { mtta_seconds: mtta, mttr_seconds: mttr, critical_alerts: critical } = kpis;
  const open = scopedTo("/incidents", true, scope);
  const glue = open.includes("?") ? "&" : "?";
  return (
    <ul aria-label="Key figures" className="grid grid-cols-2 gap-3 md:grid-cols-3 xl:grid-cols-6">
      <KpiCard
        label="Critical"
        value={count(critical)}
        note="open critical incidents"
        tone={critical > 0 ? "text-critical" : undefined}
        to={`${open}${glue}severity=critical`}
      />
      <KpiCard label="High priority" value={count(kpis.high_priority)} note="scored 60 or more" />
      <KpiCard label="Active incidents" value={count(kpis.active_incidents)} note="not resolved" to={open} />
      <KpiCard label="Noise reduction" {...noise(kpis)} />
      <KpiCard
        label="Time to acknowledge"
        value={mtta === null ? null : duration(mtta)}
        note={mtta === null ? "none acknowledged yet" : "mean (MTTA)"}
      />
      <KpiCard
        label="Time to resolve"
        value={mttr === null ? null : duration(mttr)}
        note={mttr === null ? "none resolved yet" : "mean (MTTR)"}
      />
    </ul>
  );
}
