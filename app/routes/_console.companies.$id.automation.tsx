import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import type { AutomationSettings } from "../../core/automation.ts";
import { SettingsTab } from "../components/companies/settings-tab.tsx";
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
  return (
    <SettingsTab part={settings}>
      {(given) => <AutomationForm {...given} zones={zones} zone={time_zone} />}
    </SettingsTab>
  );
}
