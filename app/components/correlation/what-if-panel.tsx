import { useFetcher, useRevalidator, useSearchParams } from "@remix-run/react";
import { useEffect } from "react";
import type { Job } from "../../../core/job.ts";
import type { RuleView } from "../../../core/policy/rule.ts";
import type { CompanyAnswer } from "../../lib/company-actions.server.ts";
import type { WhatIf } from "../../lib/what-if.server.ts";
import { JobProgress, useJob } from "../companies/job-row.tsx";
import { useCompanyForm } from "../companies/use-company-form.ts";
import { type Part, PartOf } from "../overview/part.tsx";
import { Button } from "../ui/button.tsx";
import { Panel } from "../ui/panel.tsx";
import { ComparisonView } from "./comparison.tsx";
import { RuleDraft } from "./rule-draft-panel.tsx";

const POLL_MS = 1500;
const isOpen = (job: Job) => job.status === "queued" || job.status === "running";

/** Its progress, and a way out; once it is closed, the page is read anew for what it found. */
function Running({ loaded }: { loaded: Job }) {
  const job = useJob(loaded);
  const open = isOpen(job);
  const { revalidate } = useRevalidator();
  const fetcher = useFetcher<CompanyAnswer>({ key: `cancel-${job.id}` });
  useEffect(() => {
    if (!open) revalidate();
    const timer = open ? setInterval(revalidate, POLL_MS) : undefined;
    return () => clearInterval(timer);
  }, [open, revalidate]);
  return (
    <div className="space-y-3">
      <JobProgress job={job} />
      <fetcher.Form method="post">
        <input type="hidden" name="intent" value="cancel-try" />
        <input type="hidden" name="job" value={job.id} />
        <Button type="submit" size="sm" disabled={fetcher.state !== "idle" || !open}>
          Cancel
        </Button>
      </fetcher.Form>
    </div>
  );
}

function Found({ whatIf: { job, result } }: { whatIf: WhatIf }) {
  if (result) return <ComparisonView result={result} />;
  if (isOpen(job)) return <Running loaded={job} />;
  if (job.status === "cancelled") return <p className="text-sm text-soft">Cancelled. Nothing was changed.</p>;
  return (
    <p role="alert" className="text-sm text-danger">
      {job.error ?? "It failed. Nothing was changed."}
    </p>
  );
}

interface PanelProps {
  whatIf: Part<WhatIf> | null;
  rules: Part<{ items: RuleView[] }>;
  round: number;
}

/** Tries the settings of the form on the company's own past, before anybody saves them. */
export function WhatIfPanel({ whatIf, rules, round }: PanelProps) {
  const { answer, busy } = useCompanyForm("correlation", round);
  const [params, setParams] = useSearchParams();
  const started = answer?.job?.id;
  const shown = params.get("try");
  useEffect(() => {
    if (started)
      setParams((now) => ({ ...Object.fromEntries(now), try: started }), {
        replace: true,
        preventScrollReset: true,
      });
  }, [started, setParams]);
  const running = whatIf && "value" in whatIf && isOpen(whatIf.value.job);
  return (
    <Panel title="Try it first">
      <div className="space-y-4">
        <p className="text-sm text-soft">
          Replays the company’s own alerts under the settings above, and other rules where you like, and shows
          which incidents would have been other ones. Nothing is saved or changed by it.
        </p>
        <PartOf part={rules}>{({ items }) => <RuleDraft rules={items} />}</PartOf>
        <div className="flex flex-wrap items-end gap-3">
          <label className="text-sm">
            <span className="mb-1 block font-medium">On the last</span>
            <select
              name="days"
              form="correlation"
              defaultValue="7"
              className="h-9 rounded-md border border-line-strong bg-surface px-2.5 text-base text-ink sm:text-sm"
            >
              <option value="1">day</option>
              <option value="7">7 days</option>
              <option value="30">30 days</option>
              <option value="90">90 days</option>
            </select>
          </label>
          <Button type="submit" form="correlation" name="try" value="1" look="primary" disabled={busy}>
            {running ? "Try these instead" : "Try it"}
          </Button>
        </div>
        {answer?.problem && !busy && (
          <p role="alert" className="text-sm text-danger">
            {answer.problem}
          </p>
        )}
        {whatIf && (shown || started) && (
          <div className="border-t pt-4">
            {"value" in whatIf ? (
              <Found whatIf={whatIf.value} />
            ) : (
              <p role="alert" className="text-sm text-soft">
                {whatIf.problem}
              </p>
            )}
          </div>
        )}
      </div>
    </Panel>
  );
}
