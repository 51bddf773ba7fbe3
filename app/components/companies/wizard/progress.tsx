import { Check } from "lucide-react";
import { cx } from "../../../lib/cx.ts";
import { STEPS } from "../../../lib/new-company.ts";

/** Where one is among the steps; those that are done lead back. */
export function Progress({ step, onStep }: { step: number; onStep(step: number): void }) {
  return (
    <ol aria-label="Steps" className="flex gap-2">
      {STEPS.map(({ title }, i) => (
        <li key={title} className="min-w-0 flex-1">
          <button
            type="button"
            disabled={i >= step}
            aria-current={i === step ? "step" : undefined}
            onClick={() => onStep(i)}
            className={cx(
              "flex w-full items-center gap-1.5 border-t-2 pt-1.5 text-left text-xs",
              i <= step ? "border-accent text-ink" : "border-line-strong text-faint",
              i === step && "font-semibold",
            )}
          >
            {i < step && <Check aria-label="Done" className="size-3.5 shrink-0 text-accent max-sm:hidden" />}
            <span className="truncate">
              {i + 1}. {title}
            </span>
          </button>
        </li>
      ))}
    </ol>
  );
}
