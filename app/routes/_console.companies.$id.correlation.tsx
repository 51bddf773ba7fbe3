import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import type { Proposal } from "../../core/learning/propose.ts";
import type { RuleView } from "../../core/policy/rule.ts";
import type { CorrelationSettings } from "../../core/settings.ts";
import { CorrelationForm } from "../components/companies/correlation-form.tsx";
import { STRATEGIES } from "../components/companies/strategies.ts";
import { useRound } from "../components/companies/use-round.ts";
import { CorrelationFigures } from "../components/correlation/figures.tsx";
import { ProposalsPanel } from "../components/correlation/proposals-panel.tsx";
import { WaitingPanel } from "../components/correlation/waiting-panel.tsx";
import { WhatIfPanel } from "../components/correlation/what-if-panel.tsx";
import { PartOf } from "../components/overview/part.tsx";
import { Panel } from "../components/ui/panel.tsx";
import { runCompanyAction } from "../lib/company-actions.server.ts";
import { useCompany } from "../lib/company-context.ts";
import { companyPath, loadPart, loadTagged } from "../lib/company-loads.server.ts";
import { checkRuleDraft, RULE_DRAFT } from "../lib/rule-draft.server.ts";
import { useViewer } from "../lib/use-console.ts";
import {
  answerProposal,
  cancelTry,
  isAnswer,
  loadFigures,
  loadWhatIf,
  tryCorrelation,
} from "../lib/what-if.server.ts";

export { PageErrorBoundary as ErrorBoundary } from "../components/ui/page-error.tsx";

export const meta: MetaFunction = () => [{ title: "Correlation · Alert Whisperer" }];

const DAYS = [7, 30];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const id = params.id ?? "";
  const [correlation, whatIf, rules, proposals, ...figures] = await Promise.all([
    loadTagged<CorrelationSettings>(context, companyPath(id, "/correlation")),
    loadWhatIf(context, id, new URL(request.url).searchParams.get("try")),
    loadPart<{ items: RuleView[] }>(context, companyPath(id, "/rules")),
    loadPart<{ items: Proposal[] }>(context, companyPath(id, "/correlation/proposals")),
    ...DAYS.map(async (days) => ({ days, part: await loadFigures(context, id, days) })),
  ]);
  return { correlation, whatIf, rules, proposals, figures };
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const form = await request.clone().formData();
  const id = params.id ?? "";
  const intent = String(form.get("intent") ?? "");
  const run = () => {
    if (intent === RULE_DRAFT) return checkRuleDraft(form);
    if (form.has("try")) return tryCorrelation(context, request, id, form);
    if (intent === "cancel-try") return cancelTry(context, request, form);
    if (isAnswer(intent)) return answerProposal(context, request, companyPath(id), form);
    return runCompanyAction(context, request, id);
  };
  const answer = await run();
  return data(answer, { status: answer.ok ? 200 : 422 });
}

export default function CorrelationTab() {
  const { correlation, whatIf, rules, proposals, figures } = useLoaderData() as Awaited<
    ReturnType<typeof loader>
  >;
  const company = useCompany();
  const { may } = useViewer();
  const { round, startAnew } = useRound(correlation);
  const settings = "value" in correlation ? correlation.value.value : null;
  return (
    <div className="space-y-4">
      <CorrelationFigures settings={settings} figures={figures} />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <PartOf part={correlation}>
          {(loaded) => <CorrelationForm key={round} loaded={loaded} round={round} startAnew={startAnew} />}
        </PartOf>
        <Panel title="What each choice does">
          <dl className="space-y-3 text-sm">
            {STRATEGIES.map(({ id, name, note }) => (
              <div key={id}>
                <dt className="font-medium">{name}</dt>
                <dd className="text-soft">{note}</dd>
              </div>
            ))}
          </dl>
        </Panel>
      </div>
      {settings && may("incidents.work") && (!settings.auto_correlate || settings.min_alerts > 1) && (
        <WaitingPanel companyId={company.id} byHand={!settings.auto_correlate} />
      )}
      {settings && <WhatIfPanel whatIf={whatIf} rules={rules} round={round} />}
      <PartOf part={proposals}>{({ items }) => <ProposalsPanel proposals={items} />}</PartOf>
    </div>
  );
}
