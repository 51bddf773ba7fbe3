import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import type { SlaSettings } from "../../core/sla.ts";
import { SettingsTab } from "../components/companies/settings-tab.tsx";
import { SlaForm } from "../components/service/sla-form.tsx";
import { useCompany } from "../lib/company-context.ts";
import { timeZones } from "../lib/company-forms.server.ts";
import { companyPath, loadTagged } from "../lib/company-loads.server.ts";

export { PageErrorBoundary as ErrorBoundary } from "../components/ui/page-error.tsx";
export { companyAction as action } from "../lib/company-loads.server.ts";

export const meta: MetaFunction = () => [{ title: "SLA · Alert Whisperer" }];

export async function loader({ context, params }: LoaderFunctionArgs) {
  const settings = await loadTagged<SlaSettings>(context, companyPath(params.id, "/sla"));
  return { settings, zones: timeZones() };
}

export default function SlaTab() {
  const { settings, zones } = useLoaderData() as Awaited<ReturnType<typeof loader>>;
  const { time_zone } = useCompany();
  return (
    <SettingsTab part={settings}>
      {(given) => <SlaForm {...given} zones={zones} zone={time_zone} />}
    </SettingsTab>
  );
}
