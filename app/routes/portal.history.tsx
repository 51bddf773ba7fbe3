import type { LoaderFunctionArgs } from "@remix-run/cloudflare";
import { Link, useLoaderData, useSearchParams } from "@remix-run/react";
import { History } from "lucide-react";
import type { PortalIncident } from "../../core/portal.ts";
import { PortalIncidents } from "../components/portal/incident-list.tsx";
import { Button } from "../components/ui/button.tsx";
import { Empty } from "../components/ui/empty.tsx";
import { FilterSelect } from "../components/ui/filter-bar.tsx";
import { Panel } from "../components/ui/panel.tsx";
import { load } from "../lib/api.server.ts";
import { portalQuery, usePortal } from "../lib/use-portal.ts";
import { newer } from "../live/use-portal-live.ts";

const DAY_MS = 86_400_000;
const RANGES = [
  ["", "Last 30 days"],
  ["90", "Last 90 days"],
  ["365", "Last year"],
] as const;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url);
  const days = RANGES.some(([value]) => value === searchParams.get("days")) ? searchParams.get("days") : "";
  const from = new Date(Date.now() - Number(days || 30) * DAY_MS).toISOString();
  const cursor = searchParams.get("cursor") ?? undefined;
  return load<{ items: PortalIncident[]; next_cursor: string | null }>(
    context,
    request,
    `/api/portal/incidents${portalQuery(request, { from, cursor, limit: "50" })}`,
  );
}

export default function PortalHistory() {
  const { items, next_cursor } = useLoaderData<typeof loader>();
  const { live } = usePortal();
  const [params, setParams] = useSearchParams();
  const change = (name: string, value: string | null) => {
    const next = new URLSearchParams(params);
    next.delete("cursor");
    if (value) next.set(name, value);
    else next.delete(name);
    return next;
  };
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-2 [&>select]:flex-none">
        <h1 className="text-lg font-semibold tracking-tight">History</h1>
        <FilterSelect
          label="Time range"
          options={RANGES}
          value={params.get("days") ?? ""}
          onChange={(event) => setParams(change("days", event.target.value))}
        />
      </div>
      <Panel title="Incidents, newest first" flush>
        {items.length === 0 ? (
          <Empty icon={History} title="No incident in this time" />
        ) : (
          <PortalIncidents label="Incidents" incidents={items.map((incident) => newer(incident, live))} />
        )}
      </Panel>
      <div className="flex justify-end gap-2">
        {params.has("cursor") && (
          <Button asChild>
            <Link to={`?${change("cursor", null)}`}>Newest</Link>
          </Button>
        )}
        {next_cursor && (
          <Button asChild>
            <Link to={`?${change("cursor", next_cursor)}`}>Older</Link>
          </Button>
        )}
      </div>
    </>
  );
}
