import { CopyButton } from "./copy-button.tsx";

/** Text to copy as it stands; it wraps here, the copy does not. */
export function CodeBlock({ label, text }: { label: string; text: string }) {
  return (
    <figure aria-label={label} className="overflow-hidden rounded-md border bg-sunken">
      <figcaption className="flex items-center justify-between gap-2 border-b px-3 py-1 text-xs text-soft">
        {label}
        <CopyButton text={text} what={label} />
      </figcaption>
      <pre className="p-3 font-mono text-xs leading-relaxed break-words whitespace-pre-wrap [overflow-wrap:anywhere]">
        {text}
      </pre>
    </figure>
  );
}
