import { Link, useSearchParams } from "@remix-run/react";
import type { PortalIncident } from "../../../core/portal.ts";
import { Age } from "../ui/age.tsx";
import { ClockTime } from "../ui/clock-time.tsx";
import { SeverityMark } from "../ui/severity.tsx";

const STATE: Record<PortalIncident["status"], string> = {
  new: "Noticed",
  acknowledged: "Being worked on",
  in_progress: "Being worked on",
  resolved: "Resolved",
};

function Row({ incident, search }: { incident: PortalIncident; search: string }) {
  const { id, title, severity, status, created_at, resolved_at } = incident;
  return (
    <li>
      <Link
        to={`/portal/incidents/${id}${search}`}
        className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-3 hover:bg-hover"
      >
        <SeverityMark severity={severity} className="w-20" />
        <span className="min-w-0 flex-1 basis-48 text-sm font-medium break-words">{title}</span>
        <span className={`text-xs ${status === "resolved" ? "text-ok" : "text-soft"}`}>{STATE[status]}</span>
        <span className="text-xs text-faint tabular-nums">
          {resolved_at ? <ClockTime at={resolved_at} /> : <Age at={created_at} ago />}
        </span>
      </Link>
    </li>
  );
}

/** Incidents as a client reads them: what, how bad, who has it, since when. */
export function PortalIncidents({ incidents }: { incidents: PortalIncident[] }) {
  const [params] = useSearchParams();
  const asked = params.get("company_id");
  const search = asked ? `?company_id=${encodeURIComponent(asked)}` : "";
  return (
    <ul className="divide-y">
      {incidents.map((incident) => (
        <Row key={incident.id} incident={incident} search={search} />
      ))}
    </ul>
  );
}

export { STATE as PORTAL_STATE };
