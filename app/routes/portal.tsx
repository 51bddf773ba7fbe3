import { type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/cloudflare";
import { Outlet, useLoaderData } from "@remix-run/react";
import type { Me } from "../../core/company.ts";
import type { Portal } from "../../core/portal.ts";
import { PortalFrame } from "../components/portal/frame.tsx";
import { ErrorPage } from "../components/ui/error-page.tsx";
import { load } from "../lib/api.server.ts";
import { NowProvider } from "../lib/now.tsx";
import { portalQuery } from "../lib/use-portal.ts";
import { usePortalLive } from "../live/use-portal-live.ts";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.portal.company.name} · ${data.portal.brand.name}` : "Portal" },
];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const me = await load<Me>(context, request, "/api/me");
  if (me.must_enrol) throw redirect("/security/enrol");
  const portal = await load<Portal>(context, request, `/api/portal${portalQuery(request, {}, params.id)}`);
  return { me, portal, now: Date.now() };
}

export default function PortalPage() {
  const { me, portal, now } = useLoaderData<typeof loader>();
  const live = usePortalLive(portal.company.id);
  return (
    <NowProvider initial={now}>
      <PortalFrame me={me} portal={portal} status={live.status}>
        <Outlet context={{ portal, live }} />
      </PortalFrame>
    </NowProvider>
  );
}

export function ErrorBoundary() {
  return (
    <main className="grid min-h-dvh place-items-center p-6">
      <ErrorPage />
    </main>
  );
}
