import { parseWithZod } from "@conform-to/zod/v4";
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import type { Job } from "../../core/job.ts";
import type { Retention } from "../../core/settings.ts";
import { DeletePanel } from "../components/companies/delete-panel.tsx";
import { ExportPanel } from "../components/companies/export-panel.tsx";
import { RetentionForm } from "../components/companies/retention-form.tsx";
import { useRound } from "../components/companies/use-round.ts";
import { PartOf } from "../components/overview/part.tsx";
import { Panel } from "../components/ui/panel.tsx";
import { command } from "../lib/api.server.ts";
import { type CompanyAnswer, runCompanyAction } from "../lib/company-actions.server.ts";
import { deletionForm } from "../lib/company-forms.server.ts";
import { companyPath, loadPart, loadTagged } from "../lib/company-loads.server.ts";
import { refuse } from "../lib/reply.server.ts";
import { useViewer } from "../lib/use-console.ts";

export { PageErrorBoundary as ErrorBoundary } from "../components/ui/page-error.tsx";

export const meta: MetaFunction = () => [{ title: "Data · Alert Whisperer" }];

export async function loader({ context, params }: LoaderFunctionArgs) {
  const [retention, jobs] = await Promise.all([
    loadTagged<Retention>(context, companyPath(params.id, "/retention")),
    loadPart<{ items: Job[] }>(context, companyPath(params.id, "/jobs")),
  ]);
  return { retention, jobs };
}

/** Leads away from the company at once: from now on it answers nothing. */
async function remove({ request, context, params }: ActionFunctionArgs, form: FormData) {
  form.delete("intent");
  const submission = parseWithZod(form, { schema: deletionForm });
  const refusal = (answer: Omit<CompanyAnswer, "intent" | "ok">) =>
    data<CompanyAnswer>({ intent: "delete", ok: false, ...answer }, { status: 422 });
  if (submission.status !== "success") return refusal({ result: submission.reply() });
  const answer = await command<Job>(context, request, "DELETE", companyPath(params.id), submission.value);
  if (answer.ok) return redirect(`/companies?deletion=${encodeURIComponent(answer.value.id)}`);
  return refusal({ result: refuse(submission, answer.error), problem: answer.error.detail });
}

export async function action(args: ActionFunctionArgs) {
  const form = await args.request.clone().formData();
  if (form.get("intent") === "delete") return remove(args, form);
  const answer = await runCompanyAction(args.context, args.request, args.params.id ?? "");
  return data(answer, { status: answer.ok ? 200 : 422 });
}

export default function DataTab() {
  const { retention, jobs } = useLoaderData() as Awaited<ReturnType<typeof loader>>;
  const { round, startAnew } = useRound(retention);
  const { may } = useViewer();
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <div className="min-w-0 space-y-4">
        <PartOf part={retention}>
          {(loaded) => <RetentionForm key={round} loaded={loaded} round={round} startAnew={startAnew} />}
        </PartOf>
        {!may("company.export") ? (
          <Panel title="Export" aside="Read-only">
            <p className="text-sm text-soft">Administrators export a company’s data.</p>
          </Panel>
        ) : "value" in jobs ? (
          <ExportPanel jobs={jobs.value.items} />
        ) : (
          <Panel title="Export">
            <PartOf part={jobs}>{() => null}</PartOf>
          </Panel>
        )}
      </div>
      {may("company.delete") && <DeletePanel />}
    </div>
  );
}
