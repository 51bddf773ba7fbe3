import type { LoaderFunctionArgs } from "@remix-run/cloudflare";
import { Link, useLoaderData } from "@remix-run/react";
import { CheckCircle2, History } from "lucide-react";
import type { PortalIncident } from "../../core/portal.ts";
import { portalStatus } from "../../core/portal-status.ts";
import { PortalIncidents } from "../components/portal/incident-list.tsx";
import { StatusLine } from "../components/portal/status-line.tsx";
import { Empty } from "../components/ui/empty.tsx";
import { Panel } from "../components/ui/panel.tsx";
import { load } from "../lib/api.server.ts";
import { useNow } from "../lib/now.tsx";
import { companySearch, portalQuery, usePortal } from "../lib/use-portal.ts";
import { merged } from "../live/use-portal-live.ts";

const RECENT = 5;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const query = portalQuery(request, { status: "resolved", limit: String(RECENT) });
  const { items } = await load<{ items: PortalIncident[] }>(
    context,
    request,
    `/api/portal/incidents${query}`,
  );
  return { recent: items };
}

const newestFirst = (a: PortalIncident, b: PortalIncident) =>
  Date.parse(b.resolved_at ?? b.updated_at) - Date.parse(a.resolved_at ?? a.updated_at);

export default function PortalHome() {
  const loaded = useLoaderData<typeof loader>();
  const { portal, live } = usePortal();
  const now = useNow();
  const { open, total, resolved } = merged(portal, live);
  const ids = new Set([...open, ...resolved].map(({ id }) => id));
  const recent = [...resolved, ...loaded.recent.filter(({ id }) => !ids.has(id))].sort(newestFirst);
  return (
    <>
      <StatusLine status={portalStatus(open, total, now, portal.company.time_zone)} />
      <Panel title="Open now" aside={open.length < total ? `${open.length} of ${total}` : undefined} flush>
        {open.length === 0 ? (
          <Empty icon={CheckCircle2} title="Nothing is open">
            A problem appears here by itself as soon as it is noticed.
          </Empty>
        ) : (
          <PortalIncidents label="Open incidents" incidents={open} />
        )}
      </Panel>
      <Panel
        title="Recently resolved"
        aside={
          <Link
            to={`/portal/history${companySearch(portal)}`}
            className="font-medium text-accent hover:underline"
          >
            All incidents
          </Link>
        }
        flush
      >
        {recent.length === 0 ? (
          <Empty icon={History} title="Nothing yet">
            What was resolved is listed here.
          </Empty>
        ) : (
          <PortalIncidents label="Resolved incidents" incidents={recent.slice(0, RECENT)} />
        )}
      </Panel>
      <Panel title="Service level">
        <p className="text-sm text-soft">
          Figures appear here once {portal.provider} has set response and resolution targets with you.
        </p>
      </Panel>
    </>
  );
}
