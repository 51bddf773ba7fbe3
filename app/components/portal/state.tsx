import { Activity, CheckCircle2, CircleDashed, CircleDot, type LucideIcon } from "lucide-react";
import type { PortalIncident } from "../../../core/portal.ts";

type Status = PortalIncident["status"];

const WORKED_ON = { icon: CircleDot, word: "Being worked on", tone: "text-soft" };
const LOOK: Record<Status, { icon: LucideIcon; word: string; tone: string }> = {
  new: { icon: CircleDashed, word: "Noticed", tone: "text-soft" },
  acknowledged: WORKED_ON,
  in_progress: WORKED_ON,
  resolved: { icon: CheckCircle2, word: "Resolved", tone: "text-ok" },
};

/** How far an incident is, in a client's words. */
export function PortalState({ status }: { status: Status }) {
  const { icon: Icon, word, tone } = LOOK[status];
  return (
    <span className={`inline-flex items-center gap-1.5 text-xs ${tone}`}>
      <Icon aria-hidden className="size-3.5 shrink-0" />
      {word}
    </span>
  );
}

/** Said of a problem that is there one minute and gone the next. */
export function PortalFlapping({ incident: { flapping, status } }: { incident: PortalIncident }) {
  if (!flapping || status === "resolved") return null;
  return (
    <span className="inline-flex items-center gap-1.5 text-xs text-soft">
      <Activity aria-hidden className="size-3.5 shrink-0" />
      Comes and goes
    </span>
  );
}
