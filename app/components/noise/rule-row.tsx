import { ArrowDown, ArrowUp } from "lucide-react";
import type { ReactNode } from "react";
import type { RuleInput, RuleView } from "../../../core/policy/rule.ts";
import { plural } from "../../lib/format.ts";
import { Age } from "../ui/age.tsx";
import { Button } from "../ui/button.tsx";
import { Chip } from "../ui/chip.tsx";
import { describe } from "./draft.ts";
import { whatItDoes } from "./rule-words.ts";

interface RowProps {
  rule: RuleInput;
  /** Left of what it says: buttons that move it. */
  before?: ReactNode;
  /** Words beside its name. */
  chips?: ReactNode;
  /** How it fares. */
  below?: ReactNode;
  /** Right of it: what can be done. */
  after?: ReactNode;
}

/** One rule of a list, in words. */
export function RuleRow({ rule, before, chips, below, after }: RowProps) {
  const { name, enabled, when, stop } = rule;
  return (
    <li className="flex flex-wrap items-start gap-x-3 gap-y-2 px-4 py-3 text-sm">
      {before && <span className="flex gap-1">{before}</span>}
      <div className="min-w-0 flex-1 basis-60 space-y-1">
        <p className="flex flex-wrap items-center gap-2 font-medium">
          <span className="min-w-0 break-words">{name}</span>
          {!enabled && <Chip>off</Chip>}
          {stop && <Chip>stops here</Chip>}
          {chips}
        </p>
        <p className="break-words text-soft">
          {describe(when)}: {whatItDoes(rule.actions)}
        </p>
        {below}
      </div>
      {after && <span className="flex flex-wrap gap-2">{after}</span>}
    </li>
  );
}

/** How often a rule fitted, and how it failed last. */
export function RuleFate({ rule }: { rule: RuleView }) {
  return (
    <>
      <p className="text-xs text-faint">
        {rule.matched === 0 ? "Has not fitted an alert yet" : `Fitted ${plural(rule.matched, "alert")}`}
        {rule.last_matched_at && (
          <>
            , last <Age at={rule.last_matched_at} ago />
          </>
        )}
        {rule.ungrouped > 0 &&
          `; ${plural(rule.ungrouped, "alert")} could not be grouped: a field is missing`}
      </p>
      {rule.last_error && <RuleError text={rule.last_error} at={rule.last_error_at} />}
    </>
  );
}

export function RuleError({ text, at }: { text: string; at: string | null }) {
  return (
    <p role="alert" className="break-words text-xs text-danger">
      {text}
      {at && (
        <>
          {" "}
          (<Age at={at} ago />)
        </>
      )}
    </p>
  );
}

interface MoveProps {
  name: string;
  way: "up" | "down";
  disabled: boolean;
  onClick?(): void;
}

export function MoveArrow({ name, way, disabled, onClick }: MoveProps) {
  return (
    <Button size="icon" aria-label={`Move ${name} ${way}`} disabled={disabled} onClick={onClick}>
      <MoveIcon way={way} />
    </Button>
  );
}

export function MoveIcon({ way }: { way: "up" | "down" }) {
  const Icon = way === "up" ? ArrowUp : ArrowDown;
  return <Icon aria-hidden className="size-4" />;
}
