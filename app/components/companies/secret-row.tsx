import { CopyButton } from "../ui/copy-button.tsx";

/** A value to copy, with its name. */
export function SecretRow({ label, value, note }: { label: string; value: string; note?: string }) {
  return (
    <div>
      <dt className="text-xs text-faint">{label}</dt>
      <dd className="mt-1 flex items-center gap-2">
        <code className="min-w-0 flex-1 break-all rounded-md border bg-sunken px-2.5 py-1.5 font-mono text-xs">
          {value}
        </code>
        <CopyButton text={value} what={label} />
      </dd>
      {note && <dd className="mt-1 text-xs text-faint">{note}</dd>}
    </div>
  );
}
