import { utc } from "../../lib/format.ts";
import { usePortal } from "../../lib/use-portal.ts";

/** Day and time as the company's clocks show them, like those of the sentence above. */
export function PortalTime({ at, className }: { at: string; className?: string }) {
  const timeZone = usePortal().portal.company.time_zone;
  const text = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
  }).format(new Date(at));
  return (
    <time dateTime={at} title={utc(at)} className={className}>
      {text}
    </time>
  );
}
