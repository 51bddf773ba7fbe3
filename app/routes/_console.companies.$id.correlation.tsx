import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import type { CorrelationSettings } from "../../core/settings.ts";
import { CorrelationForm } from "../components/companies/correlation-form.tsx";
import { STRATEGIES } from "../components/companies/strategies.ts";
import { useRound } from "../components/companies/use-round.ts";
import { PartOf } from "../components/overview/part.tsx";
import { Panel } from "../components/ui/panel.tsx";
import { companyPath, loadTagged } from "../lib/company-loads.server.ts";

export { PageErrorBoundary as ErrorBoundary } from "../components/ui/page-error.tsx";
export { companyAction as action } from "../lib/company-loads.server.ts";

export const meta: MetaFunction = () => [{ title: "Correlation · Alert Whisperer" }];

export async function loader({ context, params }: LoaderFunctionArgs) {
  return {
    correlation: await loadTagged<CorrelationSettings>(context, companyPath(params.id, "/correlation")),
  };
}

export default function CorrelationTab() {
  const { correlation } = useLoaderData() as Awaited<ReturnType<typeof loader>>;
  const { round, startAnew } = useRound(correlation);
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <PartOf part={correlation}>
        {(loaded) => <CorrelationForm key={round} loaded={loaded} round={round} startAnew={startAnew} />}
      </PartOf>
      <Panel title="What each choice does">
        <dl className="space-y-3 text-sm">
          {STRATEGIES.map(({ id, name, note }) => (
            <div key={id}>
              <dt className="font-medium">{name}</dt>
              <dd className="text-soft">{note}</dd>
            </div>
          ))}
        </dl>
      </Panel>
    </div>
  );
}
