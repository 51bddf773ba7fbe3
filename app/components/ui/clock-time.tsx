import { utc } from "../../lib/format.ts";
import { useHydrated } from "../../lib/use-hydrated.ts";

/** Time of day in the visitor's zone; UTC until the browser knows it. */
export function ClockTime({ at, className }: { at: string; className?: string }) {
  const here = useHydrated();
  const date = new Date(at);
  const text = here
    ? date.toLocaleString(undefined, {
        month: "short",
        day: "numeric",
        hour: "2-digit",
        minute: "2-digit",
        second: "2-digit",
      })
    : utc(at);
  return (
    <time dateTime={at} title={utc(at)} className={className}>
      {text}
    </time>
  );
}
