import {
  CheckCircle2,
  CircleDashed,
  CircleDot,
  CircleUser,
  Hourglass,
  type LucideIcon,
  Radio,
} from "lucide-react";
import type { AlertStatus } from "../../../core/alert.ts";
import type { IncidentStatus } from "../../../core/incident.ts";
import { cx } from "../../lib/cx.ts";

const LOOK: Record<IncidentStatus | AlertStatus, { icon: LucideIcon; word: string; text: string }> = {
  new: { icon: CircleDashed, word: "New", text: "text-ink" },
  acknowledged: { icon: CircleUser, word: "Acknowledged", text: "text-soft" },
  in_progress: { icon: CircleDot, word: "In progress", text: "text-soft" },
  resolved: { icon: CheckCircle2, word: "Resolved", text: "text-ok" },
  firing: { icon: Radio, word: "Firing", text: "text-ink" },
  expired: { icon: Hourglass, word: "Expired", text: "text-faint" },
};

export function StatusMark({
  status,
  className,
}: {
  status: IncidentStatus | AlertStatus;
  className?: string;
}) {
  const { icon: Icon, word, text } = LOOK[status];
  return (
    <span className={cx("inline-flex items-center gap-1.5 text-xs", text, className)}>
      <Icon aria-hidden className="size-3.5 shrink-0" />
      {word}
    </span>
  );
}
