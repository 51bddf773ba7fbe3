import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/cloudflare";
import { useLoaderData, useRevalidator } from "@remix-run/react";
import { useEffect } from "react";
import type { CompanyIntake, Rejection } from "../../core/rejection.ts";
import { AccessPanel } from "../components/companies/access-panel.tsx";
import { FirstAlert } from "../components/companies/first-alert.tsx";
import { RejectionList } from "../components/companies/rejection-list.tsx";
import { TestAlertButton } from "../components/companies/test-alert-button.tsx";
import { PartOf } from "../components/overview/part.tsx";
import { Panel } from "../components/ui/panel.tsx";
import { useCompany } from "../lib/company-context.ts";
import { companyPath, loadPart } from "../lib/company-loads.server.ts";
import { loadSetup } from "../lib/setup/load.server.ts";
import { useViewer } from "../lib/use-console.ts";
import { useLive, useRevalidateOn } from "../live/use-live.ts";

export { PageErrorBoundary as ErrorBoundary } from "../components/ui/page-error.tsx";
export { companyAction as action } from "../lib/company-loads.server.ts";

export const meta: MetaFunction = () => [{ title: "Integrations · Alert Whisperer" }];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const tool = new URL(request.url).searchParams.get("tool") ?? "";
  const [intake, rejections, setup] = await Promise.all([
    loadPart<CompanyIntake>(context, companyPath(params.id, "/intake")),
    loadPart<{ items: Rejection[] }>(context, companyPath(params.id, "/rejections")),
    loadSetup(context, params.id, tool),
  ]);
  return { intake, rejections, setup };
}

/** Reads anew when the window comes back to the front. */
function useRevalidateOnFocus(): void {
  const { revalidate } = useRevalidator();
  useEffect(() => {
    addEventListener("focus", revalidate);
    return () => removeEventListener("focus", revalidate);
  }, [revalidate]);
}

export default function Integrations() {
  const { intake, rejections, setup } = useLoaderData() as Awaited<ReturnType<typeof loader>>;
  const company = useCompany();
  const { may } = useViewer();
  const live = useLive();
  useRevalidateOn(live.rejections.get(company.id), 300, 3000);
  useRevalidateOnFocus();
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <div className="min-w-0 space-y-4">
        <AccessPanel setup={setup} />
      </div>
      <div className="min-w-0 space-y-4">
        <Panel title="Does it arrive?">
          <div className="space-y-4">
            <PartOf part={intake}>{(value) => <FirstAlert companyId={company.id} intake={value} />}</PartOf>
            {may("company.test_alert") && <TestAlertButton companyId={company.id} />}
          </div>
        </Panel>
        <Panel title="Refused deliveries" flush>
          <PartOf part={rejections}>{({ items }) => <RejectionList items={items} />}</PartOf>
        </Panel>
      </div>
    </div>
  );
}
