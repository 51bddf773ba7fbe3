import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/cloudflare";
import { Link, useLoaderData } from "@remix-run/react";
import { Building2, Plus } from "lucide-react";
import { AssetList } from "../components/assets/list.tsx";
import { Button } from "../components/ui/button.tsx";
import { Empty } from "../components/ui/empty.tsx";
import { PageHead } from "../components/ui/page-head.tsx";
import { load } from "../lib/api.server.ts";
import { loadAssets, runAssetAction } from "../lib/assets.server.ts";
import { useConsole, useViewer } from "../lib/use-console.ts";

export { PageErrorBoundary as ErrorBoundary } from "../components/ui/page-error.tsx";

export const meta: MetaFunction = () => [{ title: "Assets · Alert Whisperer" }];

const companyOf = (request: Request) => new URL(request.url).searchParams.get("company_id");

export async function loader({ request, context }: LoaderFunctionArgs) {
  const companyId = companyOf(request);
  if (companyId) return loadAssets(context, request, companyId);
  // With one company there is nothing to choose.
  const list = await load<{ items: { id: string }[] }>(context, request, "/api/companies?limit=2");
  const [only, other] = list.items;
  if (only && !other) throw redirect(`/assets?company_id=${only.id}`);
  return null;
}

export async function action({ request, context }: ActionFunctionArgs) {
  const answer = await runAssetAction(context, request, companyOf(request) ?? "");
  return data(answer, { status: answer.ok ? 200 : 422 });
}

export default function Assets() {
  const loaded = useLoaderData<typeof loader>();
  if (!loaded) return <ChooseCompany />;
  const { companyId, page, query } = loaded;
  const key = `${companyId} ${query}`;
  return <AssetList key={key} {...{ companyId, page, query }} all={`/assets?company_id=${companyId}`} />;
}

function ChooseCompany() {
  const { companies } = useConsole();
  const { may } = useViewer();
  return (
    <div className="mx-auto max-w-3xl space-y-4 p-4">
      <PageHead title="Assets" note="Assets belong to a company. Choose whose to look at." />
      <div className="overflow-hidden rounded-lg border bg-surface shadow-card">
        {companies.length === 0 ? (
          <Empty
            icon={Building2}
            title="No companies yet"
            action={
              may("company.create") && (
                <Button asChild look="primary">
                  <Link to="/companies/new">
                    <Plus aria-hidden className="size-4" />
                    Add a company
                  </Link>
                </Button>
              )
            }
          >
            Its assets appear by themselves with their first alerts.
          </Empty>
        ) : (
          <ul className="divide-y">
            {companies.map(({ id, name }) => (
              <li key={id}>
                <Link
                  to={`/assets?company_id=${id}`}
                  className="flex items-center gap-3 px-4 py-2.5 text-sm hover:bg-hover max-sm:py-3"
                >
                  <Building2 aria-hidden className="size-4 shrink-0 text-faint" />
                  <span className="truncate">{name}</span>
                </Link>
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}
