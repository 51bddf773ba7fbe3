import { Link } from "@remix-run/react";
import type { Incident } from "../../../core/incident.ts";
import { plural, score } from "../../lib/format.ts";
import { liveScore } from "../../lib/live-score.ts";
import { useNow } from "../../lib/now.tsx";
import { useCompanyName } from "../../lib/use-console.ts";
import { IncidentMarks } from "../incidents/marks.tsx";
import { Age } from "../ui/age.tsx";
import { SeverityMark } from "../ui/severity.tsx";
import { StatusMark } from "../ui/status.tsx";

/** The few incidents that matter most. */
export function OpenIncidents({ incidents }: { incidents: Incident[] }) {
  const now = useNow();
  const nameOf = useCompanyName();
  return (
    <ol className="divide-y">
      {incidents.map((incident) => (
        <li key={incident.id}>
          <Link
            to={`/incidents/${incident.id}`}
            className="flex items-center gap-3 px-4 py-2 text-sm hover:bg-hover"
          >
            <span className="w-9 shrink-0 text-right text-base font-semibold">
              {score(Math.round(liveScore(incident, now).score))}
            </span>
            <SeverityMark severity={incident.severity} className="w-20 shrink-0 max-sm:hidden" />
            <span className="min-w-0 flex-1">
              <span className="block truncate font-medium">{incident.title}</span>
              <span className="flex items-center gap-2 text-xs text-faint">
                <SeverityMark severity={incident.severity} className="shrink-0 sm:hidden" />
                <span className="truncate">
                  {nameOf(incident.company_id)} · {plural(incident.alert_count, "alert")}
                </span>
              </span>
            </span>
            <span className="flex shrink-0 items-center gap-1.5">
              <IncidentMarks incident={incident} />
            </span>
            <StatusMark status={incident.status} className="shrink-0 max-sm:hidden" />
            <Age at={incident.created_at} className="w-12 shrink-0 text-right text-xs text-faint" />
          </Link>
        </li>
      ))}
    </ol>
  );
}
