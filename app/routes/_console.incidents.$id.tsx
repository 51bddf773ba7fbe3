import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/cloudflare";
import { useActionData, useLoaderData, useRevalidator } from "@remix-run/react";
import type { Incident, IncidentDetail } from "../../core/incident.ts";
import { AlertList } from "../components/incidents/alert-list.tsx";
import { whoWasFirst } from "../components/incidents/commands.ts";
import { DetailActions } from "../components/incidents/detail-actions.tsx";
import { DetailHead } from "../components/incidents/detail-head.tsx";
import { GroupingButton } from "../components/incidents/grouping-button.tsx";
import { NoteBox } from "../components/incidents/note-box.tsx";
import { Timeline } from "../components/incidents/timeline.tsx";
import { useIncidentCommand } from "../components/incidents/use-incident-command.ts";
import { WhyPanel } from "../components/incidents/why-panel.tsx";
import { Panel } from "../components/ui/panel.tsx";
import { command, load } from "../lib/api.server.ts";
import { newest, useLive, useRevalidateOn } from "../live/use-live.ts";

export { PageErrorBoundary as ErrorBoundary } from "../components/ui/page-error.tsx";

export const meta: MetaFunction<typeof loader> = ({ data: incident }) => [
  { title: `${incident?.title ?? "Incident"} · Alert Whisperer` },
];

export function loader({ request, context, params }: LoaderFunctionArgs) {
  return load<IncidentDetail>(context, request, `/api/incidents/${encodeURIComponent(params.id ?? "")}`);
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const form = await request.formData();
  const verb = form.get("verb");
  if (verb !== "acknowledge" && verb !== "reopen" && verb !== "note") throw data(null, { status: 400 });
  const body = verb === "note" ? { text: String(form.get("text") ?? ""), public: form.has("public") } : {};
  const path = `/api/incidents/${encodeURIComponent(params.id ?? "")}/${verb}`;
  const answer = await command<Incident>(context, request, "POST", path, body);
  if (answer.ok) return { problem: null };
  const current = answer.error.current as Incident | undefined;
  const problem = answer.status === 409 && current ? whoWasFirst(current) : answer.error.detail;
  return data({ problem }, { status: answer.status });
}

export default function IncidentPage() {
  const loaded = useLoaderData<typeof loader>() as IncidentDetail;
  const live = useLive();
  const { revalidate } = useRevalidator();
  const incident = newest(loaded, live);
  const result = useActionData<typeof action>();
  const fetcher = useIncidentCommand(loaded.id);
  const problem = (fetcher.data ?? result)?.problem;
  // Alerts and timeline are not in the frames: read them again when the incident moved on.
  useRevalidateOn(incident.version > loaded.version ? incident.version : 0, 300);

  return (
    <>
      <DetailHead
        incident={incident}
        actions={
          <>
            <DetailActions incident={incident} onChanged={revalidate} />
            <GroupingButton incident={{ ...loaded, ...incident }} onChanged={revalidate} />
          </>
        }
      />
      <div className="mx-auto grid max-w-7xl gap-4 p-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="min-w-0 space-y-4">
          {problem && (
            <p role="alert" className="rounded-md border border-line-strong bg-raised px-4 py-2.5 text-sm">
              {problem}
            </p>
          )}
          {incident.resolution_notes && (
            <Panel title="Resolution notes">
              <p className="whitespace-pre-wrap break-words text-sm">{incident.resolution_notes}</p>
            </Panel>
          )}
          <AlertList alerts={loaded.alerts} notListed={loaded.alerts_not_listed} />
          <NoteBox incidentId={loaded.id} />
          <Timeline entries={loaded.timeline} />
        </div>
        <aside aria-label="Why this incident" className="min-w-0 max-lg:-order-1">
          <WhyPanel incident={incident} />
        </aside>
      </div>
    </>
  );
}
