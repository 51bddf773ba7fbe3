import type { ReactNode } from "react";

interface TickProps {
  name: string;
  value?: string;
  label: ReactNode;
  hint?: string;
  checked?: boolean;
  disabled?: boolean;
}

/** A check box with its words. */
export function Tick({ name, value, label, hint, checked, disabled }: TickProps) {
  return (
    <label className="flex items-start gap-2.5 text-sm">
      <input
        type="checkbox"
        name={name}
        // One that is there and undefined would be sent as an empty text, which says no.
        {...(value !== undefined && { value })}
        defaultChecked={checked}
        disabled={disabled}
        className="mt-[3px] size-3.5 shrink-0 accent-accent-solid"
      />
      <span className="min-w-0">
        <span className="font-medium">{label}</span>
        {hint && <span className="block text-xs text-faint">{hint}</span>}
      </span>
    </label>
  );
}
