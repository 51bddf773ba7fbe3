import { cx } from "../../lib/cx.ts";

const WIDTHS = [96, 78, 88, 64, 92, 70, 84, 58];

/** Grey lines in the place of what is being loaded; at most eight. */
export function Skeleton({ rows, className }: { rows: number; className?: string }) {
  return (
    <output className={cx("block space-y-2 p-4", className)}>
      <span className="sr-only">Loading</span>
      {WIDTHS.slice(0, rows).map((width) => (
        <span
          key={width}
          className="block h-6 animate-shimmer rounded-md bg-hover"
          style={{ width: `${width}%` }}
        />
      ))}
    </output>
  );
}
