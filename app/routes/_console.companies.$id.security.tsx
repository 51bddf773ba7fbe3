import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import type { IntegrationRow } from "../../core/adapters/guide.ts";
import { type RateLimit, type SecuritySettings, UNSIGNED_TOOLS } from "../../core/settings.ts";
import type { SnsTopics } from "../../core/sns.ts";
import { KeysPanel } from "../components/companies/keys-panel.tsx";
import { RateLimitForm } from "../components/companies/rate-limit-form.tsx";
import { SecretsPanel } from "../components/companies/secrets-panel.tsx";
import { SecurityForm } from "../components/companies/security-form.tsx";
import { SnsTopicsPanel } from "../components/companies/sns-topics-panel.tsx";
import { useRound } from "../components/companies/use-round.ts";
import { itemsOf, PartOf } from "../components/overview/part.tsx";
import { useCompany } from "../lib/company-context.ts";
import { companyPath, loadPart, loadTagged } from "../lib/company-loads.server.ts";

export { PageErrorBoundary as ErrorBoundary } from "../components/ui/page-error.tsx";
export { companyAction as action } from "../lib/company-loads.server.ts";

export const meta: MetaFunction = () => [{ title: "Security · Alert Whisperer" }];

export async function loader({ context, params }: LoaderFunctionArgs) {
  const [security, limit, known, topics] = await Promise.all([
    loadTagged<SecuritySettings>(context, companyPath(params.id, "/security")),
    loadTagged<RateLimit>(context, companyPath(params.id, "/rate-limit")),
    loadPart<{ items: IntegrationRow[] }>(context, companyPath(params.id, "/integrations")),
    loadPart<SnsTopics>(context, companyPath(params.id, "/sns-topics")),
  ]);
  const labels = new Map(itemsOf(known).map(({ tool, label }) => [tool, label]));
  const tools = UNSIGNED_TOOLS.map((id) => ({ id, name: labels.get(id) ?? id }));
  return { security, limit, tools, topics, now: Date.now() };
}

export default function SecurityTab() {
  const { security, limit, tools, topics, now } = useLoaderData() as Awaited<ReturnType<typeof loader>>;
  const company = useCompany();
  const ofSecurity = useRound(security);
  const ofLimit = useRound(limit);
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <div className="min-w-0 space-y-4">
        <KeysPanel keys={company.api_keys} now={now} />
        <SecretsPanel secrets={company.secrets} />
        <PartOf part={topics}>{(loaded) => <SnsTopicsPanel topics={loaded} />}</PartOf>
      </div>
      <div className="min-w-0 space-y-4">
        <PartOf part={security}>
          {(loaded) => <SecurityForm key={ofSecurity.round} loaded={loaded} tools={tools} {...ofSecurity} />}
        </PartOf>
        <PartOf part={limit}>
          {(loaded) => <RateLimitForm key={ofLimit.round} loaded={loaded} {...ofLimit} />}
        </PartOf>
      </div>
    </div>
  );
}
