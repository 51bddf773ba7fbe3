import { ArrowUp } from "lucide-react";

/** New rows wait behind this while the list is being read. */
export function NewPill({ n, onShow }: { n: number; onShow(): void }) {
  return (
    <div
      aria-live="polite"
      className="pointer-events-none absolute inset-x-0 top-10 z-10 flex justify-center"
    >
      {n > 0 && (
        <button
          type="button"
          onClick={onShow}
          className="pointer-events-auto inline-flex h-7 animate-in items-center gap-1.5 rounded-full bg-accent-solid px-3 text-xs font-semibold text-white shadow-pop"
        >
          <ArrowUp aria-hidden className="size-3.5" />
          {n} new
        </button>
      )}
    </div>
  );
}
