import type { InputHTMLAttributes, ReactNode, SelectHTMLAttributes, TextareaHTMLAttributes } from "react";
import { cx } from "../../lib/cx.ts";

const CONTROL =
  "w-full rounded-md border border-line-strong bg-surface px-2.5 text-base text-ink placeholder:text-faint aria-invalid:border-danger h-9 sm:text-sm";

export interface FieldMeta {
  id: string;
  name: string;
  errors?: string[];
  errorId: string;
  descriptionId: string;
}

interface Shared {
  meta: FieldMeta;
  label: string;
  hint?: ReactNode;
}

function describedBy(meta: FieldMeta, hint: ReactNode): string | undefined {
  return (
    [hint ? meta.descriptionId : "", meta.errors?.length ? meta.errorId : ""].filter(Boolean).join(" ") ||
    undefined
  );
}

function Frame({ meta, label, hint, children }: Shared & { children: ReactNode }) {
  return (
    <div className="space-y-1">
      <label htmlFor={meta.id} className="block text-sm font-medium">
        {label}
      </label>
      {children}
      {hint && (
        <p id={meta.descriptionId} className="text-xs text-faint">
          {hint}
        </p>
      )}
      {meta.errors?.length ? (
        <p id={meta.errorId} role="alert" className="text-xs text-danger">
          {meta.errors.join(" ")}
        </p>
      ) : null}
    </div>
  );
}

/** A labelled input; what is wrong with it stands beneath it. */
export function TextField({
  meta,
  label,
  hint,
  className,
  ...rest
}: Shared & InputHTMLAttributes<HTMLInputElement>) {
  return (
    <Frame meta={meta} label={label} hint={hint}>
      <input
        id={meta.id}
        name={meta.name}
        aria-invalid={meta.errors?.length ? true : undefined}
        aria-describedby={describedBy(meta, hint)}
        className={cx(CONTROL, className)}
        {...rest}
      />
    </Frame>
  );
}

export function SelectField({
  meta,
  label,
  hint,
  children,
  ...rest
}: Shared & SelectHTMLAttributes<HTMLSelectElement>) {
  return (
    <Frame meta={meta} label={label} hint={hint}>
      <select
        id={meta.id}
        name={meta.name}
        aria-invalid={meta.errors?.length ? true : undefined}
        aria-describedby={describedBy(meta, hint)}
        className={CONTROL}
        {...rest}
      >
        {children}
      </select>
    </Frame>
  );
}

export function TextAreaField({
  meta,
  label,
  hint,
  rows = 4,
  className,
  ...rest
}: Shared & TextareaHTMLAttributes<HTMLTextAreaElement>) {
  return (
    <Frame meta={meta} label={label} hint={hint}>
      <textarea
        id={meta.id}
        name={meta.name}
        rows={rows}
        aria-invalid={meta.errors?.length ? true : undefined}
        aria-describedby={describedBy(meta, hint)}
        className={cx(CONTROL, "h-auto py-2 font-mono text-xs", className)}
        {...rest}
      />
    </Frame>
  );
}
