import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/cloudflare";
import { Link, Outlet, useLoaderData } from "@remix-run/react";
import type { CompanyDetail } from "../../core/company.ts";
import { CompanyTabs } from "../components/companies/company-tabs.tsx";
import { TestAlertButton } from "../components/companies/test-alert-button.tsx";
import { Button } from "../components/ui/button.tsx";
import { PageHead } from "../components/ui/page-head.tsx";
import { load } from "../lib/api.server.ts";
import { companyPath } from "../lib/company-loads.server.ts";
import { plural } from "../lib/format.ts";
import { useViewer } from "../lib/use-console.ts";

export { PageErrorBoundary as ErrorBoundary } from "../components/ui/page-error.tsx";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.company.name ?? "Company"} · Alert Whisperer` },
];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  return { company: await load<CompanyDetail>(context, request, companyPath(params.id)) };
}

/** A company's head and tabs; each tab is a page of its own. */
export default function CompanyLayout() {
  const { company } = useLoaderData<typeof loader>();
  const { may } = useViewer();
  return (
    <div className="mx-auto max-w-7xl space-y-4 p-4" key={company.id}>
      <PageHead
        title={company.name}
        note={`${plural(company.open_incidents, "open incident")}, ${plural(company.alerts_24h, "alert")} in 24 hours`}
      >
        <Button asChild>
          <Link to={`/incidents?company_id=${company.id}`}>Incidents</Link>
        </Button>
        <Button asChild>
          <Link to={`/alerts?company_id=${company.id}`}>Alerts</Link>
        </Button>
        {may("company.test_alert") && <TestAlertButton companyId={company.id} look="primary" />}
      </PageHead>
      <CompanyTabs id={company.id} />
      <Outlet context={company} />
    </div>
  );
}
