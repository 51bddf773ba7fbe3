import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/cloudflare";
import { type ShouldRevalidateFunctionArgs, useLoaderData, useSearchParams } from "@remix-run/react";
import { lazy, Suspense } from "react";
import type { Alert } from "../../core/alert.ts";
import { AlertFilters } from "../components/alerts/filters.tsx";
import { AlertRows } from "../components/alerts/list.tsx";
import { alertQuery, matchesAlert } from "../lib/alert-filter.ts";
import { load } from "../lib/api.server.ts";
import { cx } from "../lib/cx.ts";
import { useScope } from "../lib/use-console.ts";
import { useHydrated } from "../lib/use-hydrated.ts";
import { useSearchFilters } from "../lib/use-search-filters.ts";
import type { Page } from "../live/use-pages.ts";

export { PageErrorBoundary as ErrorBoundary } from "../components/ui/page-error.tsx";

export const meta: MetaFunction = () => [{ title: "Alerts · Alert Whisperer" }];

const AlertDrawer = lazy(() => import("../components/alerts/drawer.tsx"));

const COMPANY_PAGE = "100";
const RECENT = "500";

export async function loader({ request, context }: LoaderFunctionArgs) {
  const query = alertQuery(new URL(request.url).searchParams);
  const ofCompany = query.has("company_id");
  query.set("limit", ofCompany ? COMPANY_PAGE : RECENT);
  const page = await load<Page<Alert>>(context, request, `/api/alerts?${query}`);
  // The recent list of all companies is short and may come whole: narrow it here as well.
  const items = ofCompany ? page.items : page.items.filter((alert) => matchesAlert(alert, query));
  return { page: { items, next_cursor: page.next_cursor }, query: query.toString() };
}

/** Opening an alert changes the address, not the list. */
export function shouldRevalidate({
  currentUrl,
  nextUrl,
  defaultShouldRevalidate,
}: ShouldRevalidateFunctionArgs) {
  const same = alertQuery(currentUrl.searchParams).toString() === alertQuery(nextUrl.searchParams).toString();
  const moved = currentUrl.search !== nextUrl.search;
  return same && moved ? false : defaultShouldRevalidate;
}

export default function Alerts() {
  const { page, query } = useLoaderData<typeof loader>();
  const { pending } = useSearchFilters();
  const scope = useScope();
  const [params] = useSearchParams();
  // A lazy part of the first rendering would be thrown away by a live update that comes before its code.
  const hydrated = useHydrated();
  const tools = [...new Set(page.items.map((alert) => alert.tool_source))];
  return (
    <div className="flex h-[calc(100dvh-3rem)] flex-col max-sm:h-[calc(100dvh-6.5rem)]">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-b px-4 py-2.5">
        <div className="flex items-baseline gap-3">
          <h1 className="text-lg font-semibold tracking-tight">Alerts</h1>
          {!scope && (
            <p className="text-xs text-faint max-lg:hidden">
              The newest of all companies; choose one for its full history
            </p>
          )}
        </div>
        <AlertFilters tools={tools} />
      </div>
      <div aria-busy={pending} className={cx("flex min-h-0 flex-1 flex-col", pending && "opacity-60")}>
        <AlertRows key={query} query={query} page={page} />
      </div>
      {hydrated && params.has("alert") && (
        <Suspense fallback={null}>
          <AlertDrawer listed={page.items} />
        </Suspense>
      )}
    </div>
  );
}
