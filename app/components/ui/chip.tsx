import type { ReactNode } from "react";
import { cx } from "../../lib/cx.ts";

const TONE = {
  plain: "border-line-strong text-soft",
  ok: "border-ok/50 text-ok",
  warn: "border-medium/50 text-medium",
  accent: "border-accent/50 text-accent",
} as const;

/** One word on the state of a thing. */
export function Chip({ tone = "plain", children }: { tone?: keyof typeof TONE; children: ReactNode }) {
  return (
    <span
      className={cx(
        "inline-flex h-5 items-center whitespace-nowrap rounded-full border px-2 text-2xs font-medium",
        TONE[tone],
      )}
    >
      {children}
    </span>
  );
}
