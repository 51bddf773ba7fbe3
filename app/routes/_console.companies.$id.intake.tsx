import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { HeartbeatsPanel } from "../components/intake/heartbeats-panel.tsx";
import { LettersPanel } from "../components/intake/letters-panel.tsx";
import { MappingsPanel } from "../components/intake/mappings-panel.tsx";
import { itemsOf, PartOf } from "../components/overview/part.tsx";
import { Panel } from "../components/ui/panel.tsx";
import { useCompany } from "../lib/company-context.ts";
import { loadIntake, runIntakeAction } from "../lib/intake.server.ts";
import { useLive, useRevalidateOn } from "../live/use-live.ts";

export { PageErrorBoundary as ErrorBoundary } from "../components/ui/page-error.tsx";

export const meta: MetaFunction = () => [{ title: "Intake · Alert Whisperer" }];

export const loader = ({ context, params, request }: LoaderFunctionArgs) =>
  loadIntake(context, params.id, request.url);

export async function action({ request, context, params }: ActionFunctionArgs) {
  const answer = await runIntakeAction(context, request, params.id ?? "");
  return data(answer, { status: answer.ok ? 200 : 422 });
}

export default function Intake() {
  const { letters, mappings, samples, heartbeats } = useLoaderData() as Awaited<ReturnType<typeof loader>>;
  // A delivery that is refused says so on the stream; what is kept of it shows by itself.
  useRevalidateOn(useLive().rejections.get(useCompany().id), 2000, 1000);
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <Panel title="Not understood" flush className="min-w-0 lg:col-span-2">
        <PartOf part={letters}>
          {(value) => <LettersPanel letters={value} mappings={itemsOf(mappings)} />}
        </PartOf>
      </Panel>
      <Panel title="Mappings" flush className="min-w-0">
        <PartOf part={mappings}>
          {({ items }) => <MappingsPanel mappings={items} samples={itemsOf(samples)} />}
        </PartOf>
      </Panel>
      <Panel title="Heartbeats" flush className="min-w-0">
        <PartOf part={heartbeats}>{(value) => <HeartbeatsPanel heartbeats={value} />}</PartOf>
      </Panel>
    </div>
  );
}
