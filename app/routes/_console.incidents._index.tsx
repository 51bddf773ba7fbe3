import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import type { Incident } from "../../core/incident.ts";
import { IncidentFilters } from "../components/incidents/filters.tsx";
import { IncidentList } from "../components/incidents/list.tsx";
import { AttentionBadges } from "../components/overview/attention.tsx";
import { load } from "../lib/api.server.ts";
import { loadAttention } from "../lib/attention.server.ts";
import { cx } from "../lib/cx.ts";
import { incidentQuery } from "../lib/incident-filter.ts";
import { useSearchFilters } from "../lib/use-search-filters.ts";
import type { Page } from "../live/use-pages.ts";

export { PageErrorBoundary as ErrorBoundary } from "../components/ui/page-error.tsx";

export const meta: MetaFunction = () => [{ title: "Incidents · Alert Whisperer" }];

const PAGE = "100";

export async function loader({ request, context }: LoaderFunctionArgs) {
  const params = new URL(request.url).searchParams;
  const query = incidentQuery(params);
  query.set("limit", PAGE);
  const [page, attention] = await Promise.all([
    load<Page<Incident>>(context, request, `/api/incidents?${query}`),
    loadAttention(context, params),
  ]);
  return { page, query: query.toString(), attention };
}

export default function Incidents() {
  const { page, query, attention } = useLoaderData<typeof loader>();
  const { pending } = useSearchFilters();
  return (
    <div className="flex h-[calc(100dvh-3rem)] flex-col max-sm:h-[calc(100dvh-6.5rem)]">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-b px-4 py-2.5">
        <h1 className="text-lg font-semibold tracking-tight">Incidents</h1>
        <IncidentFilters />
        <AttentionBadges loaded={attention} className="basis-full" />
      </div>
      <div aria-busy={pending} className={cx("flex min-h-0 flex-1 flex-col", pending && "opacity-60")}>
        <IncidentList key={query} query={query} page={page} />
      </div>
    </div>
  );
}
