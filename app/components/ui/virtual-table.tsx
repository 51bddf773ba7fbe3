import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, type RefObject, useEffect } from "react";

const FIRST_HEIGHT = 900;
const NEAR_END = 20;

interface VirtualTableProps<T extends { id: string }> {
  label: string;
  rows: T[];
  rowHeight: number;
  scroller: RefObject<HTMLDivElement>;
  /** Scroll and pointer handlers of the scrolling box. */
  handlers: object;
  head: ReactNode;
  /** Row to keep in view, or -1. */
  active?: number;
  onNearEnd(): void;
  children(index: number, top: number): ReactNode;
  footer?: ReactNode;
}

/** Real table elements laid out as blocks: only rows near the view exist, however many are loaded. */
export function VirtualTable<T extends { id: string }>(props: VirtualTableProps<T>) {
  const { rows, rowHeight, scroller, active = -1, onNearEnd } = props;
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    initialRect: { width: 0, height: FIRST_HEIGHT },
    getItemKey: (index) => rows[index]?.id ?? index,
  });
  // A change of width changes every row's height at once.
  useEffect(() => {
    if (rowHeight) virtual.measure();
  }, [virtual, rowHeight]);
  useEffect(() => {
    if (active >= 0) virtual.scrollToIndex(active);
  }, [active, virtual]);

  const items = virtual.getVirtualItems();
  const lastSeen = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (lastSeen >= rows.length - NEAR_END) onNearEnd();
  }, [lastSeen, rows.length, onNearEnd]);

  return (
    <div
      ref={scroller}
      {...props.handlers}
      className="min-h-0 flex-1 overflow-y-auto"
      style={{ overflowAnchor: "none" }}
    >
      <table aria-label={props.label} aria-rowcount={rows.length + 1} className="block">
        {props.head}
        <tbody className="relative block" style={{ height: virtual.getTotalSize() }}>
          {items.map((item) => props.children(item.index, item.start))}
        </tbody>
      </table>
      {props.footer}
    </div>
  );
}
