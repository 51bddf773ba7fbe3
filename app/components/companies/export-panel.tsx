import type { Job } from "../../../core/job.ts";
import { Button } from "../ui/button.tsx";
import { FormError } from "../ui/form-error.tsx";
import { Panel } from "../ui/panel.tsx";
import { JobRow } from "./job-row.tsx";
import { useCompanyForm } from "./use-company-form.ts";

/** Everything of the company as one zip, made in the background. */
export function ExportPanel({ jobs }: { jobs: Job[] }) {
  const { fetcher, answer, busy } = useCompanyForm("export");
  return (
    <Panel title="Export" flush>
      <div className="space-y-3 p-4">
        <p className="text-sm text-soft">
          Everything of this company as a zip of JSON and CSV files: settings, alerts, incidents with their
          timelines, assets, people. Keys and secrets are not in it.
        </p>
        <fetcher.Form method="post">
          <input type="hidden" name="intent" value="export" />
          <Button type="submit" disabled={busy}>
            {busy ? "Starting" : "Export everything"}
          </Button>
        </fetcher.Form>
        <FormError errors={answer?.problem ? [answer.problem] : undefined} />
      </div>
      {jobs.length > 0 && (
        <ul className="divide-y border-t">
          {jobs.map((job) => (
            <JobRow key={job.id} loaded={job} />
          ))}
        </ul>
      )}
    </Panel>
  );
}
