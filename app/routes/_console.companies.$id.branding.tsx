import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { useState } from "react";
import type { Branding } from "../../core/settings.ts";
import { BrandingForm } from "../components/companies/branding-form.tsx";
import { LogoPanel } from "../components/companies/logo-panel.tsx";
import { useRound } from "../components/companies/use-round.ts";
import { PartOf } from "../components/overview/part.tsx";
import { useCompany } from "../lib/company-context.ts";
import { companyPath, loadTagged } from "../lib/company-loads.server.ts";
import { useConsole } from "../lib/use-console.ts";

export { PageErrorBoundary as ErrorBoundary } from "../components/ui/page-error.tsx";
export { companyAction as action } from "../lib/company-loads.server.ts";

export const meta: MetaFunction = () => [{ title: "Branding · Alert Whisperer" }];

export async function loader({ context, params }: LoaderFunctionArgs) {
  return { branding: await loadTagged<Branding>(context, companyPath(params.id, "/branding")) };
}

export default function BrandingTab() {
  const { branding } = useLoaderData() as Awaited<ReturnType<typeof loader>>;
  const { id } = useCompany();
  const { me } = useConsole();
  const { round, startAnew } = useRound(branding);
  const [movedTo, setMovedTo] = useState<string | null>();
  return (
    <PartOf part={branding}>
      {(loaded) => (
        <div className="grid items-start gap-4 lg:grid-cols-2">
          <BrandingForm
            key={round}
            loaded={loaded}
            round={round}
            startAnew={startAnew}
            fallback={me.msp.name}
            movedTo={movedTo}
          />
          <LogoPanel companyId={id} branding={loaded.value} onSaved={setMovedTo} />
        </div>
      )}
    </PartOf>
  );
}
