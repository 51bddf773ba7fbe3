import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { useEffect, useRef } from "react";
import { toast } from "sonner";
import { CorrectionsPanel } from "../components/noise/corrections-panel.tsx";
import { digest, HistoryPanel } from "../components/noise/history-panel.tsx";
import { RulesPanel } from "../components/noise/rules-panel.tsx";
import { SilencesPanel } from "../components/noise/silences-panel.tsx";
import { WindowsPanel } from "../components/noise/windows-panel.tsx";
import { PartOf } from "../components/overview/part.tsx";
import { useCompany } from "../lib/company-context.ts";
import { loadNoise, runNoiseAction } from "../lib/noise.server.ts";
import type { Lists } from "../lib/noise-types.ts";
import { useViewer } from "../lib/use-console.ts";
import { useLive, useRevalidateOn } from "../live/use-live.ts";

export { PageErrorBoundary as ErrorBoundary } from "../components/ui/page-error.tsx";

export const meta: MetaFunction = () => [{ title: "Noise · Alert Whisperer" }];

export async function loader({ context, params }: LoaderFunctionArgs) {
  return loadNoise(context, params.id);
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const answer = await runNoiseAction(context, request, params.id ?? "");
  return data(answer, { status: answer.ok ? 200 : 422 });
}

/** Rules, silences, maintenance windows and corrections of a company. */
export default function Noise() {
  const { rules, silences, windows, corrections, history } = useLoaderData() as Lists;
  const { id, name, time_zone: zone } = useCompany();
  const { may } = useViewer();
  const held = useLive().held.get(id);
  useRevalidateOn(held, 100);
  const told = useRef(held);
  useEffect(() => {
    if (!held || told.current === held) return;
    told.current = held;
    toast(`${held.name} has ended`, { description: digest(held) });
  }, [held]);
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <div className="min-w-0 space-y-4">
        <PartOf part={rules}>
          {({ items }) => (
            <RulesPanel
              rules={items}
              scope="company"
              writable={may("noise.rules")}
              companies={[{ id, name }]}
              zone={zone}
              none="A rule groups, renames, silences or drops alerts that fit its conditions, before the company's correlation settings are asked."
            />
          )}
        </PartOf>
        <PartOf part={corrections}>{({ items }) => <CorrectionsPanel corrections={items} />}</PartOf>
      </div>
      <div className="min-w-0 space-y-4">
        <PartOf part={silences}>{({ items }) => <SilencesPanel silences={items} companyId={id} />}</PartOf>
        <PartOf part={windows}>
          {({ items }) => <WindowsPanel windows={items} companyId={id} zone={zone} />}
        </PartOf>
        <PartOf part={history}>{({ items }) => <HistoryPanel history={items} />}</PartOf>
      </div>
    </div>
  );
}
