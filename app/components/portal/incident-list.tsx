import { Link } from "@remix-run/react";
import type { PortalIncident } from "../../../core/portal.ts";
import { plural } from "../../lib/format.ts";
import { companySearch, usePortal } from "../../lib/use-portal.ts";
import { Age } from "../ui/age.tsx";
import { SeverityMark } from "../ui/severity.tsx";
import { PortalFlapping, PortalState } from "./state.tsx";
import { PortalTime } from "./time.tsx";

function Row({ incident, search }: { incident: PortalIncident; search: string }) {
  const { id, title, severity, status, alert_count, created_at, resolved_at } = incident;
  return (
    <li>
      <Link
        to={`/portal/incidents/${id}${search}`}
        className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 px-4 py-3 -outline-offset-2 hover:bg-hover sm:grid-cols-[5.5rem_minmax(0,1fr)_8.5rem_7rem]"
      >
        <SeverityMark severity={severity} className="max-sm:order-2" />
        <span className="min-w-0 max-sm:order-1 max-sm:col-span-2">
          <span className="block text-sm font-medium break-words">{title}</span>
          <span className="block text-xs text-faint max-sm:hidden">{plural(alert_count, "alert")}</span>
        </span>
        <span className="flex flex-wrap gap-x-3 gap-y-0.5 max-sm:order-3 max-sm:justify-end">
          <PortalState status={status} />
          <PortalFlapping incident={incident} />
        </span>
        <span className="text-xs text-faint max-sm:order-4 max-sm:col-span-2 sm:text-right">
          {status === "resolved" && resolved_at ? (
            <PortalTime at={resolved_at} />
          ) : (
            <Age at={created_at} ago />
          )}
        </span>
      </Link>
    </li>
  );
}

/** Incidents as a client reads them: how bad, what, who has it, since when. */
export function PortalIncidents({ label, incidents }: { label: string; incidents: PortalIncident[] }) {
  const search = companySearch(usePortal().portal);
  return (
    <ul aria-label={label} className="divide-y">
      {incidents.map((incident) => (
        <Row key={incident.id} incident={incident} search={search} />
      ))}
    </ul>
  );
}
