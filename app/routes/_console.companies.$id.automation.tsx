import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import type { AutomationSettings } from "../../core/automation.ts";
import { useRound } from "../components/companies/use-round.ts";
import { PartOf } from "../components/overview/part.tsx";
import { AutomationForm } from "../components/service/automation-form.tsx";
import { useCompany } from "../lib/company-context.ts";
import { timeZones } from "../lib/company-forms.server.ts";
import { companyPath, loadTagged } from "../lib/company-loads.server.ts";

export { PageErrorBoundary as ErrorBoundary } from "../components/ui/page-error.tsx";
export { companyAction as action } from "../lib/company-loads.server.ts";

export const meta: MetaFunction = () => [{ title: "Automation · Alert Whisperer" }];

export async function loader({ context, params }: LoaderFunctionArgs) {
  const settings = await loadTagged<AutomationSettings>(context, companyPath(params.id, "/automation"));
  return { settings, zones: timeZones() };
}

export default function AutomationTab() {
  const { settings, zones } = useLoaderData() as Awaited<ReturnType<typeof loader>>;
  const { time_zone } = useCompany();
  const { round, startAnew } = useRound(settings);
  return (
    <div className="max-w-2xl">
      <PartOf part={settings}>
        {(loaded) => (
          <AutomationForm
            key={round}
            loaded={loaded}
            round={round}
            startAnew={startAnew}
            zones={zones}
            zone={time_zone}
          />
        )}
      </PartOf>
    </div>
  );
}
