import type { Actor } from "../../core/actor.ts";
import type { Job, JobKind, JobStatus } from "../../core/job.ts";
import type { PreviewInput } from "../../core/replay/request.ts";
import { hubStub } from "../company-stub.ts";
import type { JobRow } from "../db/schema.ts";
import type { Env } from "../env.ts";
import { describeError, log } from "../log.ts";

/** After so many tries a job is given up, with a sentence. */
export const ATTEMPTS_MAX = 3;
/** An open job that showed no sign of life for so long has lost whoever worked on it. */
export const LOST_AFTER_MS = 120_000;

/** What a job knows beyond the columns that are searched; one JSON. */
export interface JobData {
  /** On whose behalf, with the rights of then. */
  actor: Actor;
  company_name: string;
  progress: Job["progress"];
  error: string | null;
  file: { key: string; bytes: number } | null;
  /** An upload that a run before this one may have left unfinished. */
  upload: { key: string; id: string } | null;
  /** What a what-if is to try. */
  preview?: PreviewInput;
}

/** The job was taken over by another run, or ended from outside: whoever works on it stops. */
export class JobTaken extends Error {}

export interface OpenJob extends JobRow {
  data: JobData;
}

const iso = (ms: number) => new Date(ms).toISOString();

export function jobView(row: JobRow): Job {
  const { data } = row;
  const kept = data.file && row.expires_at !== null;
  return {
    id: row.id,
    company_id: row.company_id,
    kind: row.kind,
    status: row.status,
    created_at: iso(row.created_at),
    updated_at: iso(row.updated_at),
    progress: data.progress,
    result: kept && data.file ? { bytes: data.file.bytes, expires_at: iso(row.expires_at ?? 0) } : null,
    error: data.error,
  };
}

/** The row of a new job, to be inserted with the note of who asked for it. */
export function newJob(
  id: string,
  kind: JobKind,
  company: { id: string; name: string },
  actor: Actor,
  now: number,
): JobRow {
  return {
    id,
    msp_id: actor.msp_id,
    company_id: company.id,
    kind,
    status: "queued",
    created_at: now,
    updated_at: now,
    attempts: 0,
    expires_at: null,
    data: {
      actor,
      company_name: company.name,
      progress: { done: 0, total: 0, text: "Waiting to begin." },
      error: null,
      file: null,
      upload: null,
    },
  };
}

type Raw = Omit<JobRow, "data"> & { data: string };
const read = (row: Raw): JobRow => ({ ...row, data: JSON.parse(row.data) as JobData });

export async function loadJob(env: Env, id: string): Promise<JobRow | null> {
  const row = await env.DB.prepare("SELECT * FROM jobs WHERE id = ?1").bind(id).first<Raw>();
  return row && read(row);
}

/** The newest exports and deletions of a company, newest first. */
export async function jobsOf(env: Env, companyId: string, limit: number): Promise<JobRow[]> {
  const { results } = await env.DB.prepare(
    "SELECT * FROM jobs WHERE company_id = ?1 AND kind <> 'preview' ORDER BY created_at DESC, id DESC LIMIT ?2",
  )
    .bind(companyId, limit)
    .all<Raw & Record<string, unknown>>();
  return results.map(read);
}

/** One that is under way already. */
export async function openJobOf(env: Env, companyId: string, kind: JobKind): Promise<JobRow | null> {
  const row = await env.DB.prepare(
    "SELECT * FROM jobs WHERE company_id = ?1 AND kind = ?2 AND status IN ('queued', 'running') LIMIT 1",
  )
    .bind(companyId, kind)
    .first<Raw>();
  return row && read(row);
}

/** Takes an open job to work on it; null where it is closed. Whoever had it before finds it taken. */
export async function claimJob(env: Env, id: string, now: number): Promise<OpenJob | null> {
  const row = await env.DB.prepare(
    `UPDATE jobs SET status = 'running', attempts = attempts + 1, updated_at = ?2
     WHERE id = ?1 AND status IN ('queued', 'running') RETURNING *`,
  )
    .bind(id, now)
    .first<Raw>();
  return row && read(row);
}

/** Writes how far it is, which is its sign of life as well. @throws JobTaken where it is no longer this run's */
export async function saveJob(
  env: Env,
  job: OpenJob,
  status: JobStatus,
  now: number,
  expiresAt: number | null = null,
): Promise<void> {
  const { meta } = await env.DB.prepare(
    `UPDATE jobs SET status = ?2, data = ?3, updated_at = ?4, expires_at = ?5
     WHERE id = ?1 AND status = 'running' AND attempts = ?6`,
  )
    .bind(job.id, status, JSON.stringify(job.data), now, expiresAt, job.attempts)
    .run();
  if (meta.changes === 0) throw new JobTaken();
  Object.assign(job, { status, updated_at: now, expires_at: expiresAt });
}

/** Tells whoever watches. Of a deletion nothing is kept: a company that is gone leaves no events behind. */
export async function announceJob(env: Env, job: JobRow): Promise<void> {
  const { msp_id, company_id, kind } = job;
  const event = { type: "job_progress" as const, data: jobView(job) };
  try {
    const hub = hubStub(env, msp_id);
    if (kind === "deletion") await hub.tell(msp_id, company_id ?? "", [event]);
    else await hub.publish(msp_id, company_id ?? "", [event]);
  } catch (error) {
    log("job_not_announced", { error: describeError(error) });
  }
}
