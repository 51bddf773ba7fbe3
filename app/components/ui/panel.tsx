import { type ReactNode, useId } from "react";
import { cx } from "../../lib/cx.ts";

interface PanelProps {
  title: string;
  /** Beside the title: a count, a link, a control. */
  aside?: ReactNode;
  children: ReactNode;
  className?: string;
  /** Without inner spacing, for lists that reach the edges. */
  flush?: boolean;
}

/** A titled section of a page. */
export function Panel({ title, aside, children, className, flush }: PanelProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={cx("rounded-lg border bg-surface shadow-card", className)}>
      <header className="flex min-h-11 items-center justify-between gap-3 border-b px-4 py-1.5">
        <h2 id={id} className="text-sm font-semibold">
          {title}
        </h2>
        {aside && <div className="flex items-center gap-2 text-xs text-faint">{aside}</div>}
      </header>
      <div className={flush ? "" : "p-4"}>{children}</div>
    </section>
  );
}
