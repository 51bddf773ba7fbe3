import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import type { Incident } from "../../core/incident.ts";
import { IncidentFilters } from "../components/incidents/filters.tsx";
import { IncidentList } from "../components/incidents/list.tsx";
import { load } from "../lib/api.server.ts";
import { cx } from "../lib/cx.ts";
import { incidentQuery } from "../lib/incident-filter.ts";
import { useSearchFilters } from "../lib/use-search-filters.ts";
import type { Page } from "../live/use-pages.ts";

export { PageErrorBoundary as ErrorBoundary } from "../components/ui/page-error.tsx";

export const meta: MetaFunction = () => [{ title: "Incidents · Alert Whisperer" }];

const PAGE = "100";

export async function loader({ request, context }: LoaderFunctionArgs) {
  const query = incidentQuery(new URL(request.url).searchParams);
  query.set("limit", PAGE);
  const page = await load<Page<Incident>>(context, request, `/api/incidents?${query}`);
  return { page, query: query.toString() };
}

export default function Incidents() {
  const { page, query } = useLoaderData<typeof loader>();
  const { pending } = useSearchFilters();
  return (
    <div className="flex h-[calc(100dvh-3rem)] flex-col max-sm:h-[calc(100dvh-6.5rem)]">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-b px-4 py-2.5">
        <h1 className="text-lg font-semibold tracking-tight">Incidents</h1>
        <IncidentFilters />
      </div>
      <div aria-busy={pending} className={cx("flex min-h-0 flex-1 flex-col", pending && "opacity-60")}>
        <IncidentList key={query} query={query} page={page} />
      </div>
    </div>
  );
}
