import { useNavigate } from "@remix-run/react";
import { useEffect, useRef } from "react";
import { toast } from "sonner";
import type { Job } from "../../../core/job.ts";
import { JobProgress, useJob } from "./job-row.tsx";

/** Above the list of companies: one that is being deleted, until a toast says that it is gone. */
export function DeletionNotice({ loaded }: { loaded: Job }) {
  const job = useJob(loaded);
  const navigate = useNavigate();
  const told = useRef(false);
  const done = job.status === "done";
  useEffect(() => {
    if (!done || told.current) return;
    told.current = true;
    toast("The company is deleted", { description: "Nothing of it is left but the audit log’s entries." });
    // Reads the names that the whole console knows anew as well.
    navigate("/companies", { replace: true });
  }, [done, navigate]);
  if (done) return null;
  return (
    <section aria-label="Deletion" className="rounded-lg border bg-surface p-4 shadow-card">
      <h2 className="mb-1 text-sm font-semibold">A company is being deleted</h2>
      {job.status === "failed" ? (
        <p role="alert" className="text-sm text-danger">
          {job.error ?? "It failed; delete the company again."}
        </p>
      ) : (
        <JobProgress job={job} />
      )}
    </section>
  );
}
