import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import type { AwsAccessView } from "../../core/aws-access.ts";
import { useRound } from "../components/companies/use-round.ts";
import { PartOf } from "../components/overview/part.tsx";
import { AwsForm } from "../components/service/aws-form.tsx";
import { ExternalIdPanel } from "../components/service/external-id-panel.tsx";
import { companyPath, loadTagged } from "../lib/company-loads.server.ts";

export { PageErrorBoundary as ErrorBoundary } from "../components/ui/page-error.tsx";
export { companyAction as action } from "../lib/company-loads.server.ts";

export const meta: MetaFunction = () => [{ title: "AWS · Alert Whisperer" }];

export async function loader({ context, params }: LoaderFunctionArgs) {
  return { access: await loadTagged<AwsAccessView>(context, companyPath(params.id, "/aws")) };
}

export default function AwsTab() {
  const { access } = useLoaderData() as Awaited<ReturnType<typeof loader>>;
  const { round, startAnew } = useRound(access);
  return (
    <PartOf part={access}>
      {(loaded) => (
        <div className="grid items-start gap-4 lg:grid-cols-2">
          <AwsForm key={round} loaded={loaded} round={round} startAnew={startAnew} />
          <ExternalIdPanel externalId={loaded.value.external_id} />
        </div>
      )}
    </PartOf>
  );
}
