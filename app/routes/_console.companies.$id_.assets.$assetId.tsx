import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/cloudflare";
import { Link, type ShouldRevalidateFunctionArgs, useLoaderData, useNavigate } from "@remix-run/react";
import { ChevronLeft, Pencil } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import type { Alert } from "../../core/alert.ts";
import type { AssetDetail } from "../../core/asset-schema.ts";
import type { Incident } from "../../core/incident.ts";
import { CriticalStar } from "../components/assets/critical-star.tsx";
import { Dependencies, Facts } from "../components/assets/facts.tsx";
import { History, OpenAlerts } from "../components/assets/history.tsx";
import { useCompanySignal } from "../components/assets/use-asset-rows.ts";
import { ENVIRONMENT, HealthMark, TYPE } from "../components/assets/words.tsx";
import { Button } from "../components/ui/button.tsx";
import { ConfirmButton } from "../components/ui/command-button.tsx";
import { load } from "../lib/api.server.ts";
import { runAssetAction } from "../lib/assets.server.ts";
import { plural } from "../lib/format.ts";
import { segment } from "../lib/intents.server.ts";
import { useCompanyName, useViewer } from "../lib/use-console.ts";
import { useRevalidateOn } from "../live/use-live.ts";
import type { Page } from "../live/use-pages.ts";

export { PageErrorBoundary as ErrorBoundary } from "../components/ui/page-error.tsx";

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [
  { title: `${loaded?.asset.name ?? "Asset"} · Alert Whisperer` },
];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const companyId = params.id ?? "";
  const path = `/api/companies/${segment(companyId)}/assets/${segment(params.assetId ?? "")}`;
  const [asset, alerts, incidents] = await Promise.all([
    load<AssetDetail>(context, request, path),
    load<Page<Alert>>(context, request, `${path}/alerts?limit=25`),
    load<Page<Incident>>(context, request, `${path}/incidents?limit=25`),
  ]);
  return { companyId, path, asset, alerts, incidents };
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const answer = await runAssetAction(context, request, params.id ?? "");
  return data(answer, { status: answer.ok ? 200 : 422 });
}

/** What was deleted is not there to be read again; the page leaves instead. */
export function shouldRevalidate({
  formData,
  actionResult,
  defaultShouldRevalidate,
}: ShouldRevalidateFunctionArgs) {
  return formData?.get("intent") === "asset-delete" && actionResult?.ok ? false : defaultShouldRevalidate;
}

const AssetDialog = lazy(() => import("../components/assets/asset-dialog.tsx"));

export default function AssetPage() {
  const { companyId, path, asset, alerts, incidents } = useLoaderData() as Awaited<ReturnType<typeof loader>>;
  const { may } = useViewer();
  const nameOf = useCompanyName();
  const navigate = useNavigate();
  const [editing, setEditing] = useState(false);
  useRevalidateOn(useCompanySignal(companyId), 700, 3000);
  const base = `/companies/${companyId}/assets`;
  const note = [TYPE[asset.type].word, ENVIRONMENT[asset.environment], asset.ip].filter(Boolean).join(" · ");
  return (
    <div className="mx-auto max-w-7xl space-y-4 p-4" key={asset.id}>
      <header className="space-y-1.5">
        <Link to={base} className="inline-flex items-center gap-1 text-xs text-soft hover:text-ink">
          <ChevronLeft aria-hidden className="size-3.5" />
          Assets of {nameOf(companyId)}
        </Link>
        <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
          <div className="min-w-0">
            <div className="flex min-w-0 items-center gap-1.5">
              <h1 className="min-w-0 text-lg break-words font-semibold tracking-tight">{asset.name}</h1>
              <CriticalStar asset={asset} />
            </div>
            <p className="flex flex-wrap items-center gap-x-3 text-sm text-soft">
              <HealthMark health={asset.health} />
              <span>
                {asset.open_alerts > 0 ? plural(asset.open_alerts, "open alert") : "no open alerts"}
              </span>
              <span>{note}</span>
            </p>
          </div>
          {may("assets.write") && (
            <div className="flex gap-2">
              <Button onClick={() => setEditing(true)}>
                <Pencil aria-hidden className="size-3.5" />
                Edit
              </Button>
              <ConfirmButton
                intent="asset-delete"
                fields={{ id: asset.id }}
                done={`${asset.name} deleted`}
                onDone={() => navigate(base)}
                title={`Delete ${asset.name}?`}
                text="What is written down about it is forgotten. If it alerts again, it is discovered anew."
                verb="Delete"
                size="md"
              >
                Delete
              </ConfirmButton>
            </div>
          )}
        </div>
      </header>
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,5fr)_minmax(0,7fr)]">
        <div className="min-w-0 space-y-4">
          <Facts asset={asset} />
          <Dependencies base={base} asset={asset} />
        </div>
        <div className="min-w-0 space-y-4 max-lg:order-first">
          <OpenAlerts alerts={asset.open} total={asset.open_alerts} />
          <History path={path} incidents={incidents} alerts={alerts} />
        </div>
      </div>
      {editing && (
        <Suspense fallback={null}>
          <AssetDialog companyId={companyId} asset={asset} onClose={() => setEditing(false)} />
        </Suspense>
      )}
    </div>
  );
}
