import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/cloudflare";
import { Link, useLoaderData, useRevalidator } from "@remix-run/react";
import { useEffect } from "react";
import type { PortalDetail } from "../../core/portal.ts";
import { PORTAL_STATE } from "../components/portal/incident-list.tsx";
import { ClockTime } from "../components/ui/clock-time.tsx";
import { ErrorPage } from "../components/ui/error-page.tsx";
import { Panel } from "../components/ui/panel.tsx";
import { SeverityMark } from "../components/ui/severity.tsx";
import { load } from "../lib/api.server.ts";
import { plural } from "../lib/format.ts";
import { usePortal } from "../lib/use-portal.ts";
import { newer } from "../live/use-portal-live.ts";

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data?.title ?? "Incident" }];

export function loader({ request, context, params }: LoaderFunctionArgs) {
  const path = `/api/portal/incidents/${encodeURIComponent(params.id ?? "")}`;
  return load<PortalDetail>(context, request, path);
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt className="text-xs text-faint">{name}</dt>
      <dd className="text-sm break-words">{children}</dd>
    </div>
  );
}

export default function PortalIncidentPage() {
  const loaded = useLoaderData<typeof loader>();
  const { portal, live } = usePortal();
  const incident = newer(loaded, live);
  const { revalidate } = useRevalidator();
  // What happened is not in the frames: read it again when the incident moved on.
  const behind = incident.version > loaded.version;
  useEffect(() => {
    if (behind) revalidate();
  }, [behind, revalidate]);
  return (
    <>
      <Link
        to={`/portal?company_id=${encodeURIComponent(portal.company.id)}`}
        className="text-sm font-medium text-accent hover:underline"
      >
        Back to what is open
      </Link>
      <header className="space-y-2">
        <h1 className="text-xl font-semibold tracking-tight break-words">{incident.title}</h1>
        <p className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm text-soft">
          <SeverityMark severity={incident.severity} />
          <span className={incident.status === "resolved" ? "text-ok" : undefined}>
            {PORTAL_STATE[incident.status]}
          </span>
          <span>{plural(incident.alert_count, "alert")}</span>
        </p>
      </header>
      <Panel title="Facts">
        <dl className="grid gap-4 sm:grid-cols-3">
          <Fact name="Where">{incident.asset_names.join(", ") || "Not known"}</Fact>
          <Fact name="Noticed">
            <ClockTime at={incident.created_at} />
          </Fact>
          <Fact name={incident.resolved_at ? "Resolved" : "Being worked on since"}>
            {incident.resolved_at || incident.acknowledged_at ? (
              <ClockTime at={incident.resolved_at ?? incident.acknowledged_at ?? ""} />
            ) : (
              "Not yet"
            )}
          </Fact>
        </dl>
      </Panel>
      <Panel title="What happened">
        <ol className="space-y-4">
          {[...loaded.timeline].reverse().map((entry) => (
            <li key={entry.seq} className="border-l-2 border-line-strong pl-3">
              <p className="text-sm break-words whitespace-pre-wrap">{entry.text}</p>
              <p className="text-xs text-faint">
                <ClockTime at={entry.at} /> · {entry.by === "provider" ? portal.provider : "monitoring"}
              </p>
            </li>
          ))}
        </ol>
      </Panel>
    </>
  );
}

export function ErrorBoundary() {
  return <ErrorPage />;
}
