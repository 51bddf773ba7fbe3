import { Link } from "@remix-run/react";
import { Hourglass, Zap } from "lucide-react";
import { type Attention, attentionOf } from "../../lib/attention.ts";
import { plural } from "../../lib/format.ts";
import { useCompanyName, useScope } from "../../lib/use-console.ts";
import { useLive } from "../../live/use-live.ts";
import { Age } from "../ui/age.tsx";

const BADGE =
  "inline-flex min-w-0 max-w-full items-center gap-1.5 rounded-md border px-2 py-1 text-xs hover:bg-hover";

/** Companies in an alert storm, and those whose alerts wait to be grouped; nothing where there is none. */
export function AttentionBadges({ loaded, className }: { loaded: Attention; className?: string }) {
  const live = useLive();
  const scope = useScope();
  const nameOf = useCompanyName();
  const all = attentionOf(loaded, live, scope);
  if (all.length === 0) return null;
  return (
    <ul aria-label="Storms and waiting alerts" className={`flex flex-wrap gap-2 ${className ?? ""}`}>
      {all.map(({ company_id, waiting, storm }) => (
        <li key={company_id} className="flex min-w-0 max-w-full flex-wrap gap-2">
          {storm && (
            <Link to={`/incidents/${storm.id}`} className={`${BADGE} border-medium/50 text-medium`}>
              <Zap aria-hidden className="size-3.5 shrink-0" />
              <span className="truncate font-medium">Alert storm: {nameOf(company_id)}</span>
              {storm.storm && (
                <span className="shrink-0 text-soft">
                  since <Age at={storm.storm.since} />
                </span>
              )}
            </Link>
          )}
          {waiting > 0 && (
            <Link
              to={`/companies/${company_id}/correlation`}
              title="Of the newest 500 alerts"
              className={`${BADGE} text-soft`}
            >
              <Hourglass aria-hidden className="size-3.5 shrink-0" />
              <span className="truncate">
                {plural(waiting, "alert")} {waiting === 1 ? "waits" : "wait"}: {nameOf(company_id)}
              </span>
            </Link>
          )}
        </li>
      ))}
    </ul>
  );
}
