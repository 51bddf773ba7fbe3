import { Hourglass } from "lucide-react";
import type { ReactNode } from "react";

/** What settings will govern, and that nothing acts on them before. */
export function NotYet({ children }: { children: ReactNode }) {
  return (
    <p className="flex gap-2.5 rounded-md border bg-sunken px-3 py-2 text-sm text-soft">
      <Hourglass aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span className="min-w-0">{children}</span>
    </p>
  );
}
