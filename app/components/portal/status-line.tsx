import { CheckCircle2, type LucideIcon, OctagonAlert, TriangleAlert } from "lucide-react";
import type { PortalStatus } from "../../../core/portal-status.ts";

const LOOK: Record<PortalStatus["level"], { icon: LucideIcon; tone: string }> = {
  ok: { icon: CheckCircle2, tone: "text-ok" },
  degraded: { icon: TriangleAlert, tone: "text-high" },
  major: { icon: OctagonAlert, tone: "text-critical" },
};

/** How the company is, in one sentence; said aloud when it changes. */
export function StatusLine({ status }: { status: PortalStatus }) {
  const { icon: Icon, tone } = LOOK[status.level];
  return (
    <div className="flex items-start gap-4 rounded-xl border bg-surface p-5 shadow-card sm:p-7">
      <Icon aria-hidden className={`size-7 sm:size-8.5 shrink-0 ${tone}`} />
      <h1
        aria-live="polite"
        className="min-w-0 text-xl font-semibold tracking-tight text-balance break-words sm:text-2xl"
      >
        {status.text}
      </h1>
    </div>
  );
}
