import { age, utc } from "../../lib/format.ts";
import { useNow } from "../../lib/now.tsx";

/** How long ago, renewed by the page's clock; the exact time on hover. */
export function Age({ at, className, ago }: { at: string; className?: string; ago?: boolean }) {
  const now = useNow();
  return (
    <time dateTime={at} title={utc(at)} className={className}>
      {age(at, now)}
      {ago ? " ago" : ""}
    </time>
  );
}
