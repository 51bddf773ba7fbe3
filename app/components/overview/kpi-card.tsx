import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { cx } from "../../lib/cx.ts";

interface KpiCardProps {
  label: string;
  /** null: there is nothing to compute it from yet. */
  value: string | null;
  note: ReactNode;
  tone?: string;
  to?: string;
}

/** One figure; the whole card leads to what it counts. */
export function KpiCard({ label, value, note, tone, to }: KpiCardProps) {
  return (
    <li
      className={cx(
        "relative rounded-lg border bg-surface px-4 py-3 shadow-card",
        to && "hover:border-line-strong",
      )}
    >
      <p className="text-xs text-soft">
        {to ? (
          <Link to={to} className="after:absolute after:inset-0 after:rounded-lg">
            {label}
          </Link>
        ) : (
          label
        )}
      </p>
      {value === null ? (
        <p className="text-2xl text-faint" aria-hidden>
          –
        </p>
      ) : (
        <p className={cx("text-2xl font-semibold tracking-tight", tone)}>{value}</p>
      )}
      <p className="truncate text-xs text-faint">{note}</p>
    </li>
  );
}
