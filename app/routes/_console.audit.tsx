import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/cloudflare";
import { type ShouldRevalidateFunctionArgs, useLoaderData, useSearchParams } from "@remix-run/react";
import { Download, ScrollText, SearchX } from "lucide-react";
import { lazy, Suspense } from "react";
import type { AuditItem, AuditPage } from "../../core/audit-log.ts";
import { AuditFilters } from "../components/audit/filters.tsx";
import { AuditRows } from "../components/audit/rows.tsx";
import { VerifyButton } from "../components/audit/verify-button.tsx";
import { Button } from "../components/ui/button.tsx";
import { Empty } from "../components/ui/empty.tsx";
import { PageHead } from "../components/ui/page-head.tsx";
import { callApi, load } from "../lib/api.server.ts";
import { auditQuery } from "../lib/audit-filter.ts";
import { cx } from "../lib/cx.ts";
import type { List, Person } from "../lib/people-types.ts";
import { withQuery } from "../lib/query.ts";
import { useViewer } from "../lib/use-console.ts";
import { useHydrated } from "../lib/use-hydrated.ts";
import { useSearchFilters } from "../lib/use-search-filters.ts";
import { usePages } from "../live/use-pages.ts";

export { PageErrorBoundary as ErrorBoundary } from "../components/ui/page-error.tsx";

export const meta: MetaFunction = () => [{ title: "Audit · Alert Whisperer" }];

const AuditDrawer = lazy(() => import("../components/audit/drawer.tsx"));

export async function loader({ request, context }: LoaderFunctionArgs) {
  const query = auditQuery(new URL(request.url).searchParams);
  const [page, people] = await Promise.all([
    load<AuditPage>(context, request, withQuery("/api/audit", query)),
    // For the filter alone: without it, the log is still worth reading.
    callApi<List<Person>>(context, "GET", "/api/people"),
  ]);
  const known = people.ok ? people.value.items.map(({ id, name }) => ({ id, name })) : [];
  return { page, people: known, query: query.toString() };
}

/** Opening an entry changes the address, not the list. */
export function shouldRevalidate({
  currentUrl,
  nextUrl,
  defaultShouldRevalidate,
}: ShouldRevalidateFunctionArgs) {
  const same = auditQuery(currentUrl.searchParams).toString() === auditQuery(nextUrl.searchParams).toString();
  return same && currentUrl.search !== nextUrl.search ? false : defaultShouldRevalidate;
}

export default function Audit() {
  const { page, people, query } = useLoaderData() as Awaited<ReturnType<typeof loader>>;
  const { pending } = useSearchFilters();
  const { may } = useViewer();
  const file = (format: string) => withQuery("/api/audit", new URLSearchParams(`${query}&format=${format}`));
  return (
    <div className="mx-auto max-w-7xl space-y-4 p-4">
      <PageHead title="Audit" note="Who changed what, from where, before and after.">
        {may("audit.verify") && <VerifyButton />}
        {["CSV", "JSON"].map((word) => (
          <Button asChild key={word}>
            <a href={file(word.toLowerCase())} download>
              <Download aria-hidden className="size-4" />
              {word}
            </a>
          </Button>
        ))}
      </PageHead>
      <AuditFilters people={people} />
      <div
        aria-busy={pending}
        className={cx("overflow-hidden rounded-lg border bg-surface shadow-card", pending && "opacity-60")}
      >
        <Entries key={query} page={page} query={query} />
      </div>
    </div>
  );
}

function Entries({ page, query }: { page: AuditPage; query: string }) {
  const [params] = useSearchParams();
  const hydrated = useHydrated();
  const { extra, hasMore, loadMore, failed } = usePages<AuditItem>(`/api/audit?${query}`, page);
  const items = [...page.items, ...extra];
  return (
    <>
      {items.length > 0 ? (
        <AuditRows items={items} />
      ) : query ? (
        <Empty icon={SearchX} title="No entry matches">
          Take a filter away, or widen the days.
        </Empty>
      ) : (
        <Empty icon={ScrollText} title="Nothing has been changed yet">
          Every change that somebody makes is noted here.
        </Empty>
      )}
      {hasMore && (
        <div className="border-t p-3 text-center">
          <Button onClick={loadMore}>Show more</Button>
          {failed && <p className="mt-2 text-sm text-danger">{failed}</p>}
        </div>
      )}
      {hydrated && params.has("entry") && (
        <Suspense fallback={null}>
          <AuditDrawer listed={items} />
        </Suspense>
      )}
    </>
  );
}
