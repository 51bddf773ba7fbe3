import type { LoaderFunctionArgs } from "@remix-run/cloudflare";
import { Link, useLoaderData } from "@remix-run/react";
import type { CompanyIntake } from "../../core/rejection.ts";
import { FirstAlert } from "../components/companies/first-alert.tsx";
import { GeneralForm } from "../components/companies/general-form.tsx";
import { ListsPanel } from "../components/companies/lists-panel.tsx";
import { PartOf } from "../components/overview/part.tsx";
import { Age } from "../components/ui/age.tsx";
import { Panel } from "../components/ui/panel.tsx";
import { useCompany } from "../lib/company-context.ts";
import { timeZones } from "../lib/company-forms.server.ts";
import { companyPath, loadPart } from "../lib/company-loads.server.ts";
import { count } from "../lib/format.ts";
import { useLive, useRevalidateOn } from "../live/use-live.ts";

export { PageErrorBoundary as ErrorBoundary } from "../components/ui/page-error.tsx";
export { companyAction as action } from "../lib/company-loads.server.ts";

export async function loader({ context, params }: LoaderFunctionArgs) {
  const intake = await loadPart<CompanyIntake>(context, companyPath(params.id, "/intake"));
  return { intake, zones: timeZones() };
}

function Figure({ name, value, to }: { name: string; value: number; to: string }) {
  return (
    <Link
      to={to}
      className="flex flex-col justify-between rounded-md border bg-sunken px-3 py-2.5 hover:bg-hover"
    >
      <span className="text-xs text-faint">{name}</span>
      <span className="text-xl font-semibold">{count(value)}</span>
    </Link>
  );
}

export default function CompanyOverview() {
  const { intake, zones } = useLoaderData() as Awaited<ReturnType<typeof loader>>;
  const company = useCompany();
  const { incidents } = useLive();
  useRevalidateOn(incidents, 2000, 5000);
  const incidentsOf = `/incidents?company_id=${company.id}`;
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <div className="min-w-0 space-y-4">
        <Panel title="Now">
          <div className="grid grid-cols-3 gap-2 sm:gap-3">
            <Figure name="Open incidents" value={company.open_incidents} to={incidentsOf} />
            <Figure
              name="Critical"
              value={company.critical_incidents}
              to={`${incidentsOf}&severity=critical`}
            />
            <Figure name="Alerts, 24 h" value={company.alerts_24h} to={`/alerts?company_id=${company.id}`} />
          </div>
        </Panel>
        <Panel
          title="Intake"
          aside={
            <Link to="integrations" className="text-accent underline underline-offset-2">
              Set up a tool
            </Link>
          }
        >
          <PartOf part={intake}>
            {(value) => (
              <>
                <FirstAlert companyId={company.id} intake={value} />
                {value.last_rejection_at && (
                  <p className="mt-3 text-sm text-soft">
                    The last delivery was refused <Age at={value.last_rejection_at} ago />.{" "}
                    <Link to="integrations" className="text-accent underline underline-offset-2">
                      See why
                    </Link>
                  </p>
                )}
              </>
            )}
          </PartOf>
        </Panel>
        <ListsPanel projection={company.projection} />
      </div>
      <GeneralForm company={company} zones={zones} />
    </div>
  );
}
