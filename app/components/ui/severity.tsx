import { CircleAlert, type LucideIcon, Minus, OctagonAlert, TriangleAlert } from "lucide-react";
import type { Severity } from "../../../core/severity.ts";
import { cx } from "../../lib/cx.ts";

const LOOK: Record<Severity, { icon: LucideIcon; text: string; word: string }> = {
  critical: { icon: OctagonAlert, text: "text-critical", word: "Critical" },
  high: { icon: TriangleAlert, text: "text-high", word: "High" },
  medium: { icon: CircleAlert, text: "text-medium", word: "Medium" },
  low: { icon: Minus, text: "text-low", word: "Low" },
};

/** Icon and word, never colour alone. */
export function SeverityMark({ severity, className }: { severity: Severity; className?: string }) {
  const { icon: Icon, text, word } = LOOK[severity];
  return (
    <span className={cx("inline-flex items-center gap-1.5 text-xs font-medium", text, className)}>
      <Icon aria-hidden className="size-3.5 shrink-0" strokeWidth={2.25} />
      {word}
    </span>
  );
}
