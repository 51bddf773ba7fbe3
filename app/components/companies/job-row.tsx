import { Download } from "lucide-react";
import type { Job } from "../../../core/job.ts";
import { useLive } from "../../live/use-live.ts";
import { Age } from "../ui/age.tsx";
import { Button } from "../ui/button.tsx";
import { ClockTime } from "../ui/clock-time.tsx";

const KIND = { export: "Export", deletion: "Deletion", preview: "What-if" } as const;
const MB = 1_000_000;

export function size(bytes: number): string {
  return bytes < MB ? `${Math.max(1, Math.round(bytes / 1000))} kB` : `${(bytes / MB).toFixed(1)} MB`;
}

/** The job as the server sent it, or the stream's newer word on it. */
export function useJob(job: Job): Job {
  const live = useLive().jobs.get(job.id);
  return live && live.updated_at >= job.updated_at ? live : job;
}

export function JobProgress({ job }: { job: Job }) {
  const { done, total, text } = job.progress;
  return (
    <div role="status">
      <p className="text-sm text-soft">{text}</p>
      <progress
        aria-label={`${KIND[job.kind]}, how far`}
        value={total > 0 ? Math.min(done, total) : undefined}
        max={Math.max(total, 1)}
        className="mt-1.5 block w-full"
      />
    </div>
  );
}

/** An export or deletion: how far it is, or what came of it. */
export function JobRow({ loaded }: { loaded: Job }) {
  const job = useJob(loaded);
  const open = job.status === "queued" || job.status === "running";
  return (
    <li className="space-y-2 px-4 py-3 text-sm">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <span className="font-medium">{KIND[job.kind]}</span>
        <span className="text-xs text-faint">
          asked for <Age at={job.created_at} ago />
        </span>
        <span className="ml-auto flex items-center gap-3">
          {job.status === "done" && job.result && (
            <>
              <span className="text-xs text-faint">
                {size(job.result.bytes)}, there until <ClockTime at={job.result.expires_at} />
              </span>
              <Button asChild size="sm">
                <a href={`/api/jobs/${job.id}/file`} download>
                  <Download aria-hidden className="size-3.5" />
                  Download
                </a>
              </Button>
            </>
          )}
          {job.status === "done" && !job.result && <span className="text-xs text-faint">Done</span>}
        </span>
      </div>
      {open && <JobProgress job={job} />}
      {job.status === "failed" && (
        <p role="alert" className="break-words text-xs text-danger">
          {job.error ?? "It failed."}
        </p>
      )}
    </li>
  );
}
