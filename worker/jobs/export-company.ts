import { companyFiles } from "../branding.ts";
import { companyStub } from "../company-stub.ts";
import type { Env } from "../env.ts";
import { asCsv, asJson, COLUMNS, type FileTable, type Pages } from "./export-files.ts";
import { must, pagesOf, type Source } from "./export-sources.ts";
import { Progress } from "./progress.ts";
import { announceJob, type OpenJob, saveJob } from "./store.ts";
import { abortUpload, Upload } from "./upload.ts";
import { ZipWriter } from "./zip.ts";

const DAY_MS = 86_400_000;
export const EXPORT_KEPT_MS = 7 * DAY_MS;

const TABLES = Object.keys(COLUMNS) as FileTable[];

const README = `Everything that Alert Whisperer holds of this company.

company.json     name, settings, keys and secrets by their dates alone, brand
<table>.json     all rows, as the API answers them
<table>.csv      the same rows; what is no plain value is JSON in its cell
logo.*           the company's own logo, where it has one

Times are UTC. Rows that came while the export ran may or may not be in it.
`;

async function* counted(
  pages: Pages,
  progress: Progress,
): Pages & AsyncGenerator<{ rows: string; count: number }> {
  for await (const page of pages) {
    yield page;
    await progress.add(page.count);
  }
}

/** Settings without anything that opens a door. */
async function companyJson(source: Source, companyName: string): Promise<string> {
  const { projection: _, rejections: __, ...settings } = must(await source.object.state(source.actor));
  const { branding } = must(await source.object.branding(source.actor));
  const brand = { color: branding.color, name: branding.name };
  const head = { id: source.company_id, name: companyName, exported_at: new Date().toISOString() };
  return `${JSON.stringify({ ...head, ...settings, brand }, null, 2)}\n`;
}

async function addLogo(source: Source, zip: ZipWriter): Promise<void> {
  const { logo } = must(await source.object.branding(source.actor)).branding;
  const file = logo && (await source.env.FILES.get(logo.key));
  if (logo && file)
    await zip.bytes(`logo.${logo.type.slice("image/".length)}`, new Uint8Array(await file.arrayBuffer()));
}

/**
 * Writes everything of a company into a zip in the file store, page by page: first each table's JSON, then its
 * CSV, so that no table need be in memory. A run that died is begun anew.
 */
export async function exportCompany(env: Env, job: OpenJob): Promise<void> {
  const { actor, upload: left } = job.data;
  const company_id = job.company_id ?? "";
  const source: Source = { env, actor, company_id, object: companyStub(env, company_id) };
  const progress = new Progress(env, job);
  if (left) await abortUpload(env, left);
  const totals = must(await source.object.exportTotals(actor));
  progress.total = 2 * Object.values(totals).reduce((sum, n) => sum + n, 0);
  const key = `${companyFiles(actor.msp_id, company_id)}exports/${job.id}.zip`;
  const upload = await Upload.begin(env, key, "application/zip");
  try {
    job.data.upload = { key, id: upload.id };
    await progress.step("Writing the settings.", 0);
    const zip = new ZipWriter(upload);
    await zip.file("README.txt", [README]);
    await zip.file("company.json", [await companyJson(source, job.data.company_name)]);
    await addLogo(source, zip);
    for (const table of TABLES) {
      await progress.step(`Writing ${table}.`, progress.done);
      await zip.file(`${table}.json`, asJson(counted(pagesOf(source, table), progress)));
      await zip.file(`${table}.csv`, asCsv(counted(pagesOf(source, table), progress), COLUMNS[table]));
    }
    await progress.step("Closing the file.", progress.done);
    await zip.end();
  } catch (error) {
    await upload.abort().catch(() => undefined);
    throw error;
  }
  const { done } = progress;
  job.data = {
    ...job.data,
    upload: null,
    file: { key, bytes: upload.bytes },
    progress: { done, total: done, text: "Ready to download." },
  };
  const now = Date.now();
  try {
    await saveJob(env, job, "done", now, now + EXPORT_KEPT_MS);
  } catch (error) {
    await env.FILES.delete(key);
    throw error;
  }
  await announceJob(env, job);
}
