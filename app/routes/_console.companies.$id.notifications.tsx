import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import type { NotificationPolicy } from "../../core/notification-policy.ts";
import { SettingsTab } from "../components/companies/settings-tab.tsx";
import { NotificationsForm } from "../components/service/notifications-form.tsx";
import { companyPath, loadTagged } from "../lib/company-loads.server.ts";

export { PageErrorBoundary as ErrorBoundary } from "../components/ui/page-error.tsx";
export { companyAction as action } from "../lib/company-loads.server.ts";

export const meta: MetaFunction = () => [{ title: "Notifications · Alert Whisperer" }];

export async function loader({ context, params }: LoaderFunctionArgs) {
  return {
    settings: await loadTagged<NotificationPolicy>(context, companyPath(params.id, "/notifications")),
  };
}

export default function NotificationsTab() {
  const { settings } = useLoaderData() as Awaited<ReturnType<typeof loader>>;
  return <SettingsTab part={settings}>{(given) => <NotificationsForm {...given} />}</SettingsTab>;
}
