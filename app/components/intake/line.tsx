import { Plus, X } from "lucide-react";
import type { InputHTMLAttributes, ReactNode } from "react";
import { cx } from "../../lib/cx.ts";
import { Button } from "../ui/button.tsx";
import { useAim } from "./aim.ts";

export const CONTROL =
  "h-9 min-w-0 rounded-md border border-line-strong bg-surface px-2 text-base text-ink sm:h-8 sm:text-sm";

interface LineInputProps extends Omit<InputHTMLAttributes<HTMLInputElement>, "onChange"> {
  label: string;
  onText(text: string): void;
  /** A path of the body may go in here. */
  takesPath?: boolean;
}

/** An input within a line; its label is for those who cannot see where it stands. */
export function LineInput({ label, onText, takesPath, className, ...rest }: LineInputProps) {
  const aim = useAim();
  return (
    <input
      aria-label={label}
      placeholder={label}
      autoComplete="off"
      spellCheck={false}
      className={cx(CONTROL, "flex-1 basis-28", className)}
      onFocus={takesPath ? () => aim({ label, put: onText }) : undefined}
      onChange={(event) => onText(event.target.value)}
      {...rest}
    />
  );
}

/** Inputs side by side, a button that takes them away, and what is wrong with them beneath. */
export function Line(props: { remove: string; onRemove(): void; problems?: string[]; children: ReactNode }) {
  const { remove, onRemove, problems = [], children } = props;
  return (
    <li className="space-y-1">
      <div className="flex items-start gap-1">
        <div className="flex min-w-0 flex-1 flex-wrap items-center gap-2">{children}</div>
        <Button look="quiet" size="icon" aria-label={remove} onClick={onRemove}>
          <X aria-hidden className="size-4" />
        </Button>
      </div>
      {problems.length > 0 && (
        <p role="alert" className="text-xs text-danger">
          {problems.join(" ")}
        </p>
      )}
    </li>
  );
}

export function Tick({ on, onChange, label }: { on: boolean; onChange(on: boolean): void; label: string }) {
  return (
    <label className="flex items-center gap-2.5 text-sm">
      <input
        type="checkbox"
        checked={on}
        onChange={(event) => onChange(event.target.checked)}
        className="size-3.5 accent-accent-solid"
      />
      {label}
    </label>
  );
}

export function AddLine({ label, children, onClick }: { label?: string; children: string; onClick(): void }) {
  return (
    <Button size="sm" aria-label={label} onClick={onClick}>
      <Plus aria-hidden className="size-3.5" />
      {children}
    </Button>
  );
}

/** A titled part of the editor. */
export function Section({ title, hint, children }: { title: string; hint?: string; children: ReactNode }) {
  return (
    <div className="border-t pt-3">
      <fieldset className="min-w-0 space-y-3">
        <legend className="text-sm font-semibold">{title}</legend>
        {hint && <p className="text-xs text-faint">{hint}</p>}
        {children}
      </fieldset>
    </div>
  );
}
