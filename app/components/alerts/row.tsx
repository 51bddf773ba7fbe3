import { Link, useSearchParams } from "@remix-run/react";
import type { Alert } from "../../../core/alert.ts";
import { cx } from "../../lib/cx.ts";
import { useCompanyName } from "../../lib/use-console.ts";
import { Age } from "../ui/age.tsx";
import { SeverityMark } from "../ui/severity.tsx";
import { StatusMark } from "../ui/status.tsx";

export const ALERT_TRACKS =
  "grid grid-cols-[5.5rem_minmax(0,1fr)_4rem] sm:grid-cols-[5.5rem_minmax(0,2fr)_minmax(0,1fr)_3.5rem_6rem_4rem] lg:grid-cols-[5.5rem_minmax(0,2fr)_minmax(0,1fr)_9rem_8rem_3.5rem_6rem_4rem]";

interface RowProps {
  alert: Alert;
  index: number;
  top: number;
  height: number;
}

/** What sets it apart from an alert that has its incident. */
function markOf({ waiting, suppressed_by, flapping }: Alert): string | null {
  if (waiting) return "Waiting";
  if (suppressed_by) return suppressed_by === "test" ? "Test" : "Held back";
  return flapping ? "Flapping" : null;
}

/** One alert; its link opens the drawer, and the address says which is open. */
export function AlertRow({ alert, index, top, height }: RowProps) {
  const [params] = useSearchParams();
  const nameOf = useCompanyName();
  const next = new URLSearchParams(params);
  next.set("alert", alert.id);
  const asset = alert.asset_name || "no asset named";
  const mark = markOf(alert);
  return (
    <tr
      aria-rowindex={index + 2}
      style={{ transform: `translateY(${top}px)`, height }}
      className={cx(
        "absolute inset-x-0 items-center gap-x-2 border-b px-4 text-sm hover:bg-hover",
        ALERT_TRACKS,
        alert.status !== "firing" && "text-soft",
      )}
    >
      <td className="flex items-center">
        <SeverityMark severity={alert.severity} />
      </td>
      <td className="min-w-0">
        <span className="flex min-w-0 items-center gap-2">
          <Link to={`?${next}`} preventScrollReset className="truncate font-medium hover:underline">
            {alert.message || alert.signature}
          </Link>
          {mark && <span className="shrink-0 rounded-sm border px-1 text-2xs text-soft">{mark}</span>}
        </span>
        <span className="block truncate text-xs text-faint sm:hidden">
          {asset} · {alert.tool_source} · ×{alert.count}
        </span>
      </td>
      <td dir="auto" className="truncate text-left max-sm:hidden">
        {asset}
      </td>
      <td dir="auto" className="truncate text-left text-soft max-lg:hidden">
        {nameOf(alert.company_id)}
      </td>
      <td className="truncate text-soft max-lg:hidden">{alert.tool_source}</td>
      <td className="text-soft max-sm:hidden">×{alert.count}</td>
      <td className="flex items-center max-sm:hidden">
        <StatusMark status={alert.status} />
      </td>
      <td className="text-right text-soft">
        <Age at={alert.received_at} />
      </td>
    </tr>
  );
}
