import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { GettingStarted, type Progress } from "../components/overview/getting-started.tsx";
import { callApi } from "../lib/api.server.ts";
import { runPeopleAction } from "../lib/people.server.ts";
import type { List } from "../lib/people-types.ts";
import { useLive, useRevalidateOn } from "../live/use-live.ts";

export { PageErrorBoundary as ErrorBoundary } from "../components/ui/page-error.tsx";

export const meta: MetaFunction = () => [{ title: "Welcome · Alert Whisperer" }];

export async function loader({ context }: LoaderFunctionArgs): Promise<Progress> {
  async function count(path: string): Promise<number | null> {
    const answer = await callApi<List<unknown>>(context, "GET", path);
    return answer.ok ? answer.value.items.length : null;
  }
  const [alerts, people, invitations] = await Promise.all([
    count("/api/alerts?limit=1"),
    count("/api/people"),
    count("/api/invitations"),
  ]);
  const invited = people === null && invitations === null ? null : (people ?? 0) > 1 || Boolean(invitations);
  return { alerts: alerts === null ? null : alerts > 0, invited };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const answer = await runPeopleAction(context, request);
  return data(answer, { status: answer.ok ? 200 : 422 });
}

export default function Welcome() {
  const progress = useLoaderData<typeof loader>();
  const { alerts } = useLive();
  useRevalidateOn(alerts, 300, 2000);
  return <GettingStarted progress={progress} />;
}
