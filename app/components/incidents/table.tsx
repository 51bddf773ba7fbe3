import { flexRender, getCoreRowModel, type RowSelectionState, useReactTable } from "@tanstack/react-table";
import type { ReactNode, RefObject } from "react";
import type { Incident } from "../../../core/incident.ts";
import { cx } from "../../lib/cx.ts";
import { useConsole } from "../../lib/use-console.ts";
import { PHONE, useMedia } from "../../lib/use-media.ts";
import { VirtualTable } from "../ui/virtual-table.tsx";
import { columns, TRACKS, WIDE_ONLY } from "./columns.tsx";
import { IncidentCard, IncidentRow } from "./row.tsx";

const ROW = 40;
const CARD = 84;

/** Which column a sort puts in order, for screen readers. */
const SORTED: Record<string, string> = { priority: "priority", severity: "severity", created: "age" };

interface TableProps {
  rows: Incident[];
  scroller: RefObject<HTMLDivElement>;
  handlers: object;
  selection: RowSelectionState;
  onSelection(change: RowSelectionState | ((old: RowSelectionState) => RowSelectionState)): void;
  active: number;
  onActive(index: number): void;
  sort: string;
  onNearEnd(): void;
  footer: ReactNode;
}

export function IncidentTable({ rows, selection, active, sort, ...props }: TableProps) {
  const phone = useMedia(PHONE, useConsole().phone);
  const table = useReactTable({
    data: rows,
    columns,
    getRowId: (incident) => incident.id,
    getCoreRowModel: getCoreRowModel(),
    state: { rowSelection: selection },
    onRowSelectionChange: props.onSelection,
  });
  const model = table.getRowModel().rows;
  const height = phone ? CARD : ROW;
  const Row = phone ? IncidentCard : IncidentRow;
  const head = table.getHeaderGroups().map((group) => (
    <tr key={group.id} className={cx(TRACKS, "h-9 items-center gap-x-2 px-4 text-xs text-faint")}>
      {group.headers.map(({ id, column, getContext }) => (
        <th
          key={id}
          scope="col"
          aria-sort={SORTED[sort] === id ? "descending" : undefined}
          className={cx("text-left font-normal", WIDE_ONLY.has(id) && "max-lg:hidden")}
        >
          {flexRender(column.columnDef.header, getContext())}
        </th>
      ))}
    </tr>
  ));
  return (
    <VirtualTable
      label="Incidents"
      rows={rows}
      rowHeight={height}
      scroller={props.scroller}
      handlers={props.handlers}
      active={active}
      onNearEnd={props.onNearEnd}
      footer={props.footer}
      head={phone ? null : <thead className="sticky top-0 z-10 block border-b bg-surface">{head}</thead>}
    >
      {(index, top) => {
        const row = model[index];
        return (
          row && (
            <Row
              key={row.id}
              row={row}
              index={index}
              top={top}
              height={height}
              active={index === active}
              onActivate={() => props.onActive(index)}
            />
          )
        );
      }}
    </VirtualTable>
  );
}
