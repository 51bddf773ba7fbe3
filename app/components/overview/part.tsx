import type { ReactNode } from "react";

/** One part of the overview may fail alone; the others stay. */
export type Part<T> = { value: T } | { problem: string };

export function PartOf<T>({ part, children }: { part: Part<T>; children: (value: T) => ReactNode }) {
  if ("value" in part) return children(part.value);
  return (
    <p role="alert" className="px-4 py-6 text-center text-sm text-soft">
      {part.problem}
    </p>
  );
}

/** The rows of a list that could be read, or none. */
export function itemsOf<T>(part: Part<{ items: T[] }>): T[] {
  return "value" in part ? part.value.items : [];
}
