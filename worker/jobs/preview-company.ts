import type { AssetRecord } from "../../core/asset.ts";
import { MINUTE } from "../../core/engine/context.ts";
import { HARD_AGE_MS } from "../../core/engine/limits.ts";
import type { AlertState } from "../../core/engine/state.ts";
import { compare, type KnownIncident } from "../../core/replay/compare.ts";
import { replayPolicy, type StoredPolicy, withRules } from "../../core/replay/policy.ts";
import { type Act, Replay } from "../../core/replay/replay.ts";
import type { Severity } from "../../core/severity.ts";
import type { CompanyRpc, ReplayBasis, ReplayIncident, ReplayPage } from "../../durable-objects/rpc.ts";
import { companyFiles } from "../branding.ts";
import { companyStub } from "../company-stub.ts";
import type { Env } from "../env.ts";
import { breathe } from "./breather.ts";
import { must } from "./export-sources.ts";
import { Progress } from "./progress.ts";
import { announceJob, type OpenJob, saveJob } from "./store.ts";

export const PREVIEW_KEPT_MS = 24 * 60 * MINUTE;
/** What is open when the range begins opened within this time before. */
const WARM_UP_MS = HARD_AGE_MS;
/** Alerts, or what follows from them, between two pauses: some 4 ms. */
const SLICE = 100;

async function* pages<T>(read: (from: number) => Promise<ReplayPage>, first: number): AsyncGenerator<T[]> {
  let from: number | null = first;
  while (from !== null) {
    const page: ReplayPage = await read(from);
    yield JSON.parse(page.rows) as T[];
    from = page.next;
  }
}

async function incidentsOf(object: CompanyRpc, job: OpenJob, basis: ReplayBasis) {
  const { actor } = job.data;
  const known = new Map<number, KnownIncident>();
  const acts: Act[] = [];
  const read = async (from: number) => must(await object.replayIncidents(actor, from));
  for await (const rows of pages<ReplayIncident>(read, basis.first_incident)) {
    for (const { seq, title, severity, created_at, acts: done } of rows) {
      known.set(seq, { title, severity: severity as Severity, created_at });
      for (const act of done) acts.push({ ...act, incident: seq });
    }
    await breathe();
  }
  return { known, acts };
}

/**
 * Replays a company's alerts of a time under other settings, and keeps what would differ as a file of the job.
 * It runs outside the company's object, which it reads a page at a time.
 */
export async function previewCompany(env: Env, job: OpenJob): Promise<void> {
  const { actor, preview } = job.data;
  const company_id = job.company_id ?? "";
  if (!preview) throw new Error("a what-if without settings to try");
  const [from, to] = [Date.parse(preview.from), Date.parse(preview.to)];
  const object = companyStub(env, company_id);
  const progress = new Progress(env, job);
  await progress.step("Reading incidents.", 0);
  const basis = must(await object.replayBasis(actor, from - WARM_UP_MS, to));
  const { known, acts } = await incidentsOf(object, job, basis);
  const stored = JSON.parse(basis.policy) as StoredPolicy;
  const replay = new Replay({
    company_id,
    settings: preview.settings,
    assets: JSON.parse(basis.assets) as AssetRecord[],
    critical: new Set(basis.critical),
    acts,
    policy: replayPolicy(preview.rules ? withRules(stored, preview.rules) : stored, from - WARM_UP_MS),
  });
  progress.total = basis.alerts;
  await progress.step("Replaying alerts.", 0);
  const read = async (first: number) => must(await object.replayAlerts(actor, first, to));
  for await (const rows of pages<AlertState>(read, basis.first_alert)) {
    for (let i = 0; i < rows.length; i += SLICE) {
      for (const row of rows.slice(i, i + SLICE)) replay.add(row);
      await breathe();
    }
    await progress.add(rows.length);
  }
  while (!replay.finish(SLICE)) await breathe();
  await progress.step("Comparing.", progress.done);
  const result = JSON.stringify(compare({ company_id, from, to, replay, known }));
  await keep(env, job, progress.done, result);
}

async function keep(env: Env, job: OpenJob, done: number, result: string): Promise<void> {
  const bytes = new TextEncoder().encode(result);
  const key = `${companyFiles(job.msp_id, job.company_id ?? "")}what-if/${job.id}.json`;
  await env.FILES.put(key, bytes, { httpMetadata: { contentType: "application/json" } });
  const now = Date.now();
  job.data.file = { key, bytes: bytes.byteLength };
  job.data.progress = { done, total: done, text: "Compared." };
  try {
    await saveJob(env, job, "done", now, now + PREVIEW_KEPT_MS);
  } catch (error) {
    // Cancelled, or its company deleted, meanwhile: nobody would know of the file any more.
    await env.FILES.delete(key);
    throw error;
  }
  await announceJob(env, job);
}
