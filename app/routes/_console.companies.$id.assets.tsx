import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { AssetList } from "../components/assets/list.tsx";
import { loadAssets, runAssetAction } from "../lib/assets.server.ts";

export { PageErrorBoundary as ErrorBoundary } from "../components/ui/page-error.tsx";

export const meta: MetaFunction = () => [{ title: "Assets · Alert Whisperer" }];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  return loadAssets(context, request, params.id ?? "");
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const answer = await runAssetAction(context, request, params.id ?? "");
  return data(answer, { status: answer.ok ? 200 : 422 });
}

export default function CompanyAssets() {
  const { companyId, page, query } = useLoaderData<typeof loader>();
  const all = `/companies/${companyId}/assets`;
  return <AssetList key={`${companyId} ${query}`} {...{ companyId, page, query, all }} tab />;
}
