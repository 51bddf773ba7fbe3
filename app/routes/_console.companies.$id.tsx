import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/cloudflare";
import { Link, useLoaderData } from "@remix-run/react";
import type { CompanyDetail } from "../../core/company.ts";
import { UNSIGNED_TOOLS } from "../../core/settings.ts";
import { CorrelationForm } from "../components/companies/correlation-form.tsx";
import { GeneralForm } from "../components/companies/general-form.tsx";
import { IntakePanel } from "../components/companies/intake-panel.tsx";
import { KeysPanel } from "../components/companies/keys-panel.tsx";
import { RateLimitForm } from "../components/companies/rate-limit-form.tsx";
import { SecretRow } from "../components/companies/secret-row.tsx";
import { SecurityForm } from "../components/companies/security-form.tsx";
import { TestAlertButton } from "../components/companies/test-alert-button.tsx";
import { Button } from "../components/ui/button.tsx";
import { CodeBlock } from "../components/ui/code-block.tsx";
import { PageHead } from "../components/ui/page-head.tsx";
import { Panel } from "../components/ui/panel.tsx";
import { load } from "../lib/api.server.ts";
import { runCompanyAction } from "../lib/company-actions.server.ts";
import { timeZones } from "../lib/company-forms.server.ts";
import { plural } from "../lib/format.ts";
import { alertmanagerConfig, curlLine } from "../lib/setup-snippets.ts";

export { PageErrorBoundary as ErrorBoundary } from "../components/ui/page-error.tsx";

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [
  { title: `${loaded?.company.name ?? "Company"} · Alert Whisperer` },
];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const path = `/api/companies/${encodeURIComponent(params.id ?? "")}`;
  const company = await load<CompanyDetail>(context, request, path);
  return { company, zones: timeZones(), tools: [...UNSIGNED_TOOLS] };
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const answer = await runCompanyAction(context, request, params.id ?? "");
  return data(answer, { status: answer.ok ? 200 : 422 });
}

const PLACEHOLDER = { key: "YOUR_API_KEY", secret: "YOUR_SIGNING_SECRET" };

export default function CompanyPage() {
  const { company, zones, tools } = useLoaderData<typeof loader>();
  const access = { webhookUrl: company.webhook_url, ...PLACEHOLDER };
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
        <TestAlertButton companyId={company.id} look="primary" />
      </PageHead>
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <div className="min-w-0 space-y-4">
          <Panel title="Webhook">
            <dl>
              <SecretRow
                label="Webhook URL"
                value={company.webhook_url}
                note="Add ?api_key= and a key of this company."
              />
            </dl>
            <div className="mt-4 space-y-3">
              <CodeBlock label="Signed delivery with curl" text={curlLine(access)} />
              <CodeBlock label="Prometheus Alertmanager" text={alertmanagerConfig(access)} />
            </div>
          </Panel>
          <KeysPanel keys={company.api_keys} />
          <IntakePanel company={company} />
        </div>
        <div className="min-w-0 space-y-4">
          <GeneralForm company={company} zones={zones} />
          <CorrelationForm company={company} />
          <SecurityForm company={company} tools={tools} />
          <RateLimitForm company={company} />
        </div>
      </div>
    </div>
  );
}
