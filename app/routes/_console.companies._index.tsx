import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/cloudflare";
import { Link, useLoaderData } from "@remix-run/react";
import { Building2, Plus, SearchX } from "lucide-react";
import type { Company } from "../../core/company.ts";
import { CompanyRows } from "../components/companies/rows.tsx";
import { Button } from "../components/ui/button.tsx";
import { Empty } from "../components/ui/empty.tsx";
import { SearchBox } from "../components/ui/filter-bar.tsx";
import { PageHead } from "../components/ui/page-head.tsx";
import { load } from "../lib/api.server.ts";
import { pick, withQuery } from "../lib/query.ts";
import { useHotkeys } from "../lib/use-hotkeys.ts";
import { useSearchFilters } from "../lib/use-search-filters.ts";
import type { Page } from "../live/use-pages.ts";

export { PageErrorBoundary as ErrorBoundary } from "../components/ui/page-error.tsx";

export const meta: MetaFunction = () => [{ title: "Companies · Alert Whisperer" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const query = pick(new URL(request.url).searchParams, ["q"]);
  query.set("limit", "50");
  const page = await load<Page<Company>>(context, request, withQuery("/api/companies", query));
  return { page, query: query.toString() };
}

export default function Companies() {
  const { page, query } = useLoaderData<typeof loader>();
  const { params, set } = useSearchFilters();
  useHotkeys({
    "/": (event) => {
      event.preventDefault();
      document.getElementById("page-search")?.focus();
    },
  });
  const add = (
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
      <div className="overflow-hidden rounded-lg border bg-surface shadow-card">
        {page.items.length === 0 ? empty : <CompanyRows key={query} query={query} page={page} />}
      </div>
    </div>
  );
}
