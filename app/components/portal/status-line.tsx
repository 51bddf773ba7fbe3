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
    <div className="flex items-start gap-3 rounded-xl border bg-surface p-5 shadow-card">
      <Icon aria-hidden className={`mt-0.5 size-7 shrink-0 ${tone}`} />
      <h1 aria-live="polite" className="text-xl font-semibold tracking-tight break-words">
        {status.text}
      </h1>
    </div>
  );
}
