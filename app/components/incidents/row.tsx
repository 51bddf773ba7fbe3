import { Link } from "@remix-run/react";
import { flexRender, type Row } from "@tanstack/react-table";
import type { Incident } from "../../../core/incident.ts";
import { cx } from "../../lib/cx.ts";
import { plural } from "../../lib/format.ts";
import { useCompanyName } from "../../lib/use-console.ts";
import { Age } from "../ui/age.tsx";
import { SeverityMark } from "../ui/severity.tsx";
import { StatusMark } from "../ui/status.tsx";
import { TRACKS, WIDE_ONLY } from "./columns.tsx";
import { IncidentMarks } from "./marks.tsx";

interface RowProps {
  row: Row<Incident>;
  index: number;
  top: number;
  height: number;
  active: boolean;
  onActivate(): void;
}

const EDGE = "absolute inset-x-0 border-b focus-visible:outline-1 focus-visible:-outline-offset-1";

function look({ active, row }: RowProps): string {
  return cx(
    active ? "bg-hover shadow-[inset_2px_0_0_var(--color-accent)]" : "hover:bg-hover",
    row.getIsSelected() && "bg-accent-wash",
    row.original.status === "resolved" && "opacity-75",
  );
}

export function IncidentRow(props: RowProps) {
  const { row, index, top, height, onActivate } = props;
  return (
    <tr
      tabIndex={-1}
      aria-rowindex={index + 2}
      data-row={row.id}
      onFocus={onActivate}
      style={{ transform: `translateY(${top}px)`, height }}
      className={cx(EDGE, TRACKS, "items-center gap-x-2 px-4 text-sm", look(props))}
    >
      {row.getVisibleCells().map((cell) => (
        <td
          key={cell.id}
          className={cx("flex min-w-0 items-center", WIDE_ONLY.has(cell.column.id) && "max-lg:hidden")}
        >
          {flexRender(cell.column.columnDef.cell, cell.getContext())}
        </td>
      ))}
    </tr>
  );
}

/** The same row for a thumb: two lines, all of it a link. */
export function IncidentCard(props: RowProps) {
  const { row, index, top, height, onActivate } = props;
  const incident = row.original;
  const nameOf = useCompanyName();
  return (
    <tr
      tabIndex={-1}
      aria-rowindex={index + 2}
      data-row={row.id}
      onFocus={onActivate}
      style={{ transform: `translateY(${top}px)`, height }}
      className={cx(EDGE, "block px-4", look(props))}
    >
      <td className="block h-full">
        <Link to={`/incidents/${incident.id}`} className="flex h-full flex-col justify-center gap-1">
          <span className="truncate font-medium">{incident.title}</span>
          <span className="flex items-center gap-3 text-xs text-soft">
            <SeverityMark severity={incident.severity} />
            <StatusMark status={incident.status} />
            <IncidentMarks incident={incident} />
            <span className="ml-auto shrink-0">
              {plural(incident.alert_count, "alert")} · <Age at={incident.created_at} />
            </span>
          </span>
          <span dir="auto" className="truncate text-left text-xs text-faint">
            {nameOf(incident.company_id)}
          </span>
        </Link>
      </td>
    </tr>
  );
}
