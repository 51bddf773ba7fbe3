import { Fragment } from "react";
import type { Difference, DifferencePoint } from "../../../core/replay/schema.ts";
import { plural } from "../../lib/format.ts";
import { ClockTime } from "../ui/clock-time.tsx";
import { colorOf, letterOf } from "./swatch.tsx";

/** Marks are at least so wide, percent of the lane. */
const LEAST = 1.2;

interface Span {
  from: number;
  to: number;
}

function spanOf({ lanes }: Difference): Span {
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { points } of lanes)
    for (const point of points) {
      from = Math.min(from, Date.parse(point.from));
      to = Math.max(to, Date.parse(point.to));
    }
  // One moment alone is drawn in the middle of a minute.
  return to - from < 60_000 ? { from: from - 30_000, to: from + 30_000 } : { from, to };
}

function Mark({ point, at, span }: { point: DifferencePoint; at: number | null; span: Span }) {
  const whole = span.to - span.from;
  const left = ((Date.parse(point.from) - span.from) / whole) * (100 - LEAST);
  const width = Math.max(LEAST, ((Date.parse(point.to) - Date.parse(point.from)) / whole) * 100);
  const place = { left: `${left}%`, width: `${Math.min(width, 100 - left)}%` };
  if (at === null)
    return (
      <span
        className="absolute inset-y-0.5 rounded-sm border border-dashed border-line-strong"
        style={place}
      />
    );
  return (
    <span
      className="absolute inset-y-0.5 overflow-hidden rounded-sm border border-surface pl-0.5 text-2xs leading-none font-semibold text-white"
      style={{ ...place, backgroundColor: colorOf(at) }}
      title={`${point.signature}: ${letterOf(at)}`}
    >
      {letterOf(at)}
    </span>
  );
}

function Block({ name, difference, side, span }: BlockProps) {
  return (
    <>
      <p className="col-span-2 pt-1 text-xs font-medium text-soft">{name}</p>
      {difference.lanes.map(({ asset, points }) => (
        <Fragment key={asset}>
          <span className="truncate text-xs text-faint" title={asset}>
            {asset}
          </span>
          <div className="relative h-4 rounded-sm bg-sunken">
            {points.map((point) => (
              <Mark key={point.alert_id} point={point} at={point[side]} span={span} />
            ))}
          </div>
        </Fragment>
      ))}
    </>
  );
}

interface BlockProps {
  name: string;
  difference: Difference;
  side: "before" | "after";
  span: Span;
}

/**
 * A lane an asset, above as it is and below as it would be: alerts of one colour and letter are one incident.
 * Who cannot see it has the lists and the table beneath.
 */
export function SwimLanes({ difference }: { difference: Difference }) {
  const span = spanOf(difference);
  const label = `${plural(difference.lanes.length, "asset")} over time: ${plural(difference.before_count, "incident")} as it is, ${difference.after_count} as it would be`;
  return (
    <figure className="m-0">
      <div
        role="img"
        aria-label={label}
        className="grid grid-cols-[minmax(4.5rem,9rem)_minmax(0,1fr)] items-center gap-x-2 gap-y-1"
      >
        <Block name="As it is" difference={difference} side="before" span={span} />
        <Block name="As it would be" difference={difference} side="after" span={span} />
      </div>
      <figcaption className="mt-1 flex justify-between gap-2 text-2xs text-faint">
        <ClockTime at={new Date(span.from).toISOString()} />
        {difference.alerts_not_drawn > 0 && (
          <span>{plural(difference.alerts_not_drawn, "alert")} not drawn</span>
        )}
        <ClockTime at={new Date(span.to).toISOString()} />
      </figcaption>
    </figure>
  );
}
