import * as z from "zod";

export const JOB_KINDS = ["export", "deletion", "preview"] as const;
export const JOB_STATUSES = ["queued", "running", "done", "failed", "cancelled"] as const;

/** Work that takes a while, as the API answers it and as its `job_progress` frames carry it. */
export const jobSchema = z.object({
  id: z.string(),
  company_id: z.string().nullable().describe("null once the company it was about is deleted"),
  kind: z.enum(JOB_KINDS),
  status: z.enum(JOB_STATUSES),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
  progress: z.object({
    done: z.number().int(),
    total: z.number().int().describe("may grow while the job counts what there is; 0: not known yet"),
    text: z.string().describe("what it does right now, as a sentence"),
  }),
  result: z
    .object({
      bytes: z.number().int(),
      expires_at: z.iso
        .datetime()
        .describe("until then GET /api/jobs/{id}/file, or /result of a what-if, has it"),
    })
    .nullable(),
  error: z.string().nullable().describe("why it failed, as a sentence"),
});
export type Job = z.infer<typeof jobSchema>;
export type JobKind = Job["kind"];
export type JobStatus = Job["status"];
