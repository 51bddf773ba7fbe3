import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/cloudflare";
import { Link, useLoaderData, useRevalidator } from "@remix-run/react";
import { ArrowLeft } from "lucide-react";
import { type ReactNode, useEffect } from "react";
import type { PortalDetail } from "../../core/portal.ts";
import { PortalFlapping, PortalState } from "../components/portal/state.tsx";
import { PortalTime } from "../components/portal/time.tsx";
import { ErrorPage } from "../components/ui/error-page.tsx";
import { Panel } from "../components/ui/panel.tsx";
import { SeverityMark } from "../components/ui/severity.tsx";
import { load } from "../lib/api.server.ts";
import { plural } from "../lib/format.ts";
import { companySearch, usePortal } from "../lib/use-portal.ts";
import { newer } from "../live/use-portal-live.ts";

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data?.title ?? "Incident" }];

export function loader({ request, context, params }: LoaderFunctionArgs) {
  const path = `/api/portal/incidents/${encodeURIComponent(params.id ?? "")}`;
  return load<PortalDetail>(context, request, path);
}

/** Alerts that come in a row are read together. */
const QUIET_MS = 300;

function Fact({ name, children }: { name: string; children: ReactNode }) {
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
  const { revalidate, state } = useRevalidator();
  // What happened is not in the frames: read it again when the incident moved on.
  const behind = incident.version > loaded.version && state === "idle";
  useEffect(() => {
    if (!behind) return;
    const timer = setTimeout(revalidate, QUIET_MS);
    return () => clearTimeout(timer);
  }, [behind, revalidate]);
  return (
    <>
      <Link
        to={`/portal${companySearch(portal)}`}
        className="inline-flex items-center gap-1.5 text-sm text-soft hover:text-ink"
      >
        <ArrowLeft aria-hidden className="size-4" />
        Back to what is open
      </Link>
      <header className="space-y-2">
        <h1 className="text-xl font-semibold tracking-tight break-words">{incident.title}</h1>
        <p className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm text-soft">
          <SeverityMark severity={incident.severity} />
          <PortalState status={incident.status} />
          <PortalFlapping incident={incident} />
          <span>{plural(incident.alert_count, "alert")}</span>
        </p>
      </header>
      <Panel title="Facts">
        <dl className="grid gap-4 sm:grid-cols-3">
          <Fact name="Where">{incident.asset_names.join(", ") || "Not known"}</Fact>
          <Fact name="Noticed">
            <PortalTime at={incident.created_at} />
          </Fact>
          <Fact name={incident.resolved_at ? "Resolved" : "Being worked on since"}>
            {incident.resolved_at || incident.acknowledged_at ? (
              <PortalTime at={incident.resolved_at ?? incident.acknowledged_at ?? ""} />
            ) : (
              "Not yet"
            )}
          </Fact>
        </dl>
      </Panel>
      <Panel title="What happened">
        <ol className="space-y-4">
          {loaded.timeline.map((entry) => (
            <li key={entry.seq} className="border-l-2 border-line-strong pl-3">
              <p className="text-sm break-words whitespace-pre-wrap">{entry.text}</p>
              <p className="text-xs text-faint">
                <PortalTime at={entry.at} /> · {entry.by === "provider" ? portal.provider : "monitoring"}
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
