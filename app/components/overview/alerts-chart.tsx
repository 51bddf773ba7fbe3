import { count, plural } from "../../lib/format.ts";

export interface Bucket {
  hour: string;
  alerts: number;
  incidents: number;
}

const MOST_BARS = 48;
const HOUR_MS = 3_600_000;

/** Hours without alerts are filled in, and long ranges are put together into at most 48 bars. */
export function toBars(byHour: Bucket[], from: string, to: string): Bucket[] {
  const start = Math.floor(Date.parse(from) / HOUR_MS) * HOUR_MS;
  const hours = Math.max(1, Math.ceil((Date.parse(to) - start) / HOUR_MS));
  const step = Math.ceil(hours / MOST_BARS) * HOUR_MS;
  const bars = Array.from({ length: Math.ceil((hours * HOUR_MS) / step) }, (_, i) => ({
    hour: new Date(start + i * step).toISOString(),
    alerts: 0,
    incidents: 0,
  }));
  for (const bucket of byHour) {
    const bar = bars[Math.floor((Date.parse(bucket.hour) - start) / step)];
    if (!bar) continue;
    bar.alerts += bucket.alerts;
    bar.incidents += bucket.incidents;
  }
  return bars;
}

const W = 720;
const H = 150;

/** Alerts as pale bars with the incidents made of them in front; small enough to need no library. */
export function AlertsChart({ bars }: { bars: Bucket[] }) {
  const top = Math.max(1, ...bars.map((bar) => bar.alerts));
  const width = W / bars.length;
  const total = bars.reduce((sum, bar) => sum + bar.alerts, 0);
  const incidents = bars.reduce((sum, bar) => sum + bar.incidents, 0);
  const said = `${plural(total, "alert")} became ${plural(incidents, "incident")}; at most ${count(top)} alerts in one bar.`;
  return (
    <figure>
      <svg
        viewBox={`0 0 ${W} ${H}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={said}
        className="h-36 w-full"
      >
        {[0.25, 0.5, 0.75, 1].map((part) => (
          <line
            key={part}
            x1="0"
            x2={W}
            y1={H - part * (H - 4)}
            y2={H - part * (H - 4)}
            className="stroke-line"
            strokeWidth="1"
            vectorEffect="non-scaling-stroke"
          />
        ))}
        {bars.map((bar, i) => {
          const x = i * width + width * 0.15;
          const w = width * 0.7;
          const high = (bar.alerts / top) * (H - 4);
          const low = (Math.min(bar.incidents, bar.alerts) / top) * (H - 4);
          return (
            <g key={bar.hour}>
              <title>{`${bar.hour.slice(0, 16).replace("T", " ")} UTC: ${plural(bar.alerts, "alert")}, ${plural(bar.incidents, "incident")}`}</title>
              <rect x={i * width} y="0" width={width} height={H} fill="transparent" />
              <rect x={x} y={H - high} width={w} height={high} className="fill-accent/35" />
              <rect x={x} y={H - low} width={w} height={low} className="fill-accent" />
            </g>
          );
        })}
      </svg>
      <figcaption className="mt-2 flex items-center gap-4 text-xs text-faint">
        <span className="flex items-center gap-1.5">
          <span aria-hidden className="size-2 rounded-sm bg-accent/35" />
          Alerts
        </span>
        <span className="flex items-center gap-1.5">
          <span aria-hidden className="size-2 rounded-sm bg-accent" />
          Incidents
        </span>
        <span className="ml-auto">highest bar: {plural(top, "alert")}</span>
      </figcaption>
    </figure>
  );
}
