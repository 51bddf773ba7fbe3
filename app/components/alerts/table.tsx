import type { RefObject } from "react";
import type { Alert } from "../../../core/alert.ts";
import { cx } from "../../lib/cx.ts";
import { useConsole } from "../../lib/use-console.ts";
import { PHONE, useMedia } from "../../lib/use-media.ts";
import { VirtualTable } from "../ui/virtual-table.tsx";
import { ALERT_TRACKS, AlertRow } from "./row.tsx";

const ROW = 40;
const CARD = 60;

const HEAD = [
  ["Severity", ""],
  ["Alert", ""],
  ["Asset", "max-sm:hidden"],
  ["Company", "max-lg:hidden"],
  ["Tool", "max-lg:hidden"],
  ["Count", "max-sm:hidden"],
  ["Status", "max-sm:hidden"],
  ["Received", "text-right"],
] as const;

interface TableProps {
  rows: Alert[];
  scroller: RefObject<HTMLDivElement>;
  handlers: object;
  onNearEnd(): void;
}

export function AlertTable({ rows, ...props }: TableProps) {
  const phone = useMedia(PHONE, useConsole().phone);
  const height = phone ? CARD : ROW;
  const head = (
    <thead className="sticky top-0 z-10 block border-b bg-surface">
      <tr className={cx(ALERT_TRACKS, "h-9 items-center gap-x-2 px-4 text-xs text-faint")}>
        {HEAD.map(([label, className]) => (
          <th key={label} scope="col" className={cx("text-left font-normal", className)}>
            {label}
          </th>
        ))}
      </tr>
    </thead>
  );
  return (
    <VirtualTable label="Alerts" rows={rows} rowHeight={height} head={head} {...props}>
      {(index, top) => {
        const alert = rows[index];
        return alert && <AlertRow key={alert.id} alert={alert} index={index} top={top} height={height} />;
      }}
    </VirtualTable>
  );
}
