import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { cx } from "../../lib/cx.ts";

interface KpiCardProps {
  label: string;
  value: string;
  note: ReactNode;
  tone?: string;
  to?: string;
}

/** One figure; its label reads with it as one sentence. */
export function KpiCard({ label, value, note, tone, to }: KpiCardProps) {
  const body = (
    <>
      <dt className="text-xs text-soft">{label}</dt>
      <dd>
        <span className={cx("block text-2xl font-semibold tracking-tight", tone)}>{value}</span>
        <span className="block text-xs text-faint">{note}</span>
      </dd>
    </>
  );
  return (
    <div
      className={cx(
        "relative rounded-lg border bg-surface px-4 py-3 shadow-card",
        to && "hover:border-line-strong",
      )}
    >
      {body}
      {to && <Link to={to} aria-label={`${label}: show them`} className="absolute inset-0 rounded-lg" />}
    </div>
  );
}
