import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/cloudflare";
import { Link, useLoaderData } from "@remix-run/react";
import { Building2, Plus, SearchX } from "lucide-react";
import type { Company } from "../../core/company.ts";
import type { Job } from "../../core/job.ts";
import { DeletionNotice } from "../components/companies/deletion-notice.tsx";
import { CompanyRows } from "../components/companies/rows.tsx";
import { Button } from "../components/ui/button.tsx";
import { Empty } from "../components/ui/empty.tsx";
import { SearchBox } from "../components/ui/filter-bar.tsx";
import { PageHead } from "../components/ui/page-head.tsx";
import { callApi, load } from "../lib/api.server.ts";
import { pick, withQuery } from "../lib/query.ts";
import { useViewer } from "../lib/use-console.ts";
import { useHotkeys } from "../lib/use-hotkeys.ts";
import { useSearchFilters } from "../lib/use-search-filters.ts";
import type { Page } from "../live/use-pages.ts";

export { PageErrorBoundary as ErrorBoundary } from "../components/ui/page-error.tsx";

export const meta: MetaFunction = () => [{ title: "Companies · Alert Whisperer" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url);
  const query = pick(searchParams, ["q"]);
  query.set("limit", "50");
  const job = searchParams.get("deletion");
  const [page, deletion] = await Promise.all([
    load<Page<Company>>(context, request, withQuery("/api/companies", query)),
    job ? callApi<Job>(context, "GET", `/api/jobs/${encodeURIComponent(job)}`) : null,
  ]);
  return { page, query: query.toString(), deletion: deletion?.ok ? deletion.value : null };
}

export default function Companies() {
  const { page, query, deletion } = useLoaderData<typeof loader>();
  const { may } = useViewer();
  const { params, set } = useSearchFilters();
  useHotkeys({
    "/": (event) => {
      event.preventDefault();
      document.getElementById("page-search")?.focus();
    },
  });
  const add = may("company.create") && (
    <Button asChild look="primary">
      <Link to="/companies/new">
        <Plus aria-hidden className="size-4" />
        Add a company
      </Link>
    </Button>
  );
  const empty = params.get("q") ? (
    <Empty icon={SearchX} title="No company of that name" />
  ) : (
    <Empty icon={Building2} title="No companies yet" action={add}>
      A company is a client whose servers you look after. Adding one gives you its webhook address and key.
    </Empty>
  );
  return (
    <div className="mx-auto max-w-7xl space-y-4 p-4">
      <PageHead title="Companies">
        <SearchBox label="Search companies" value={params.get("q") ?? ""} onSearch={(q) => set({ q })} />
        {add}
      </PageHead>
      {deletion && <DeletionNotice key={deletion.id} loaded={deletion} />}
      <div className="overflow-hidden rounded-lg border bg-surface shadow-card">
        {page.items.length === 0 ? empty : <CompanyRows key={query} query={query} page={page} />}
      </div>
    </div>
  );
}
