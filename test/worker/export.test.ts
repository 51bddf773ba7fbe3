import { runInDurableObject, SELF } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { strFromU8, unzipSync } from "fflate";
import { expect, it, vi } from "vitest";
import type { Job } from "../../core/job.ts";
import type { JobRunner } from "../../worker/index.ts";
import { sweepJobs } from "../../worker/jobs/sweep.ts";
import { API } from "../support/addresses.ts";
import { colleague } from "../support/colleague.ts";
import { eventually } from "../support/eventually.ts";
import { freshTenant, neverStorm, type TestTenant } from "../support/fresh-tenant.ts";
import { payload } from "../support/payloads.ts";

const DAY = 86_400_000;

async function begin(tenant: TestTenant, company = tenant.company.company.id): Promise<Job> {
  const answer = await tenant.api(`/api/companies/${company}/exports`, { method: "POST" });
  expect(answer.status).toBe(202);
  return answer.json<Job>();
}

const jobOf = async (tenant: TestTenant, id: string) => (await tenant.api(`/api/jobs/${id}`)).json<Job>();

const closed = (tenant: TestTenant, id: string) =>
  eventually(async () => {
    const job = await jobOf(tenant, id);
    expect(["done", "failed"]).toContain(job.status);
    return job;
  });

async function filesOf(tenant: TestTenant, id: string): Promise<Record<string, string>> {
  const answer = await tenant.api(`/api/jobs/${id}/file`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toBe("application/zip");
  expect(answer.headers.get("content-disposition")).toMatch(/^attachment; filename="Test-Company-.*\.zip"$/);
  const zip = unzipSync(new Uint8Array(await answer.arrayBuffer()));
  return Object.fromEntries(Object.entries(zip).map(([name, bytes]) => [name, strFromU8(bytes)]));
}

const runnerOf = (id: string) => env.JOB_RUNNER.get(env.JOB_RUNNER.idFromName(id));

it("is a zip of everything the company has, as JSON and as CSV, and of nothing that opens a door", {
  timeout: 60_000,
}, async () => {
  const tenant = await freshTenant();
  const { id } = tenant.company.company;
  const employee = await colleague(tenant.me.msp.id, "company_admin", [id]);
  await colleague(tenant.me.msp.id, "technician", []);
  await neverStorm(tenant);
  // More than one page of alerts, and one text that a spreadsheet would compute.
  for (let batch = 0; batch < 3; batch++) {
    const alerts = Array.from({ length: 500 }, (_, i) =>
      payload({ asset_name: `web-${batch}-${i}`, message: "=1+1" }),
    );
    expect((await tenant.company.post(alerts)).status).toBe(202);
  }
  await tenant.company.post("no JSON");
  await tenant.api(`/api/companies/${id}/heartbeats`, {
    method: "POST",
    json: { name: "Nightly", asset_name: "db-01", interval_minutes: 60 },
  });
  await eventually(async () => {
    const { items } = await (await tenant.api(`/api/companies/${id}/rejections`)).json<{
      items: unknown[];
    }>();
    expect(items).toHaveLength(1);
  });
  await tenant.api(`/api/companies/${id}/retention`, {
    method: "PUT",
    json: { alerts_days: 30, incidents_days: 60 },
  });
  await tenant.api(`/api/companies/${id}/rules`, {
    method: "POST",
    json: { name: "Quiet lab", when: null, actions: { severity: "low" } },
  });
  await tenant.api(`/api/companies/${id}/silences`, {
    method: "POST",
    json: { when: null, ends_at: new Date(Date.now() + DAY).toISOString() },
  });
  const job = await begin(tenant);
  expect(job).toMatchObject({ kind: "export", company_id: id, status: "queued", error: null });
  const done = await closed(tenant, job.id);
  expect(done).toMatchObject({ status: "done", progress: { text: "Ready to download." } });
  expect(done.progress.done).toBe(done.progress.total);
  expect(Date.parse(done.result?.expires_at ?? "") - Date.now()).toBeGreaterThan(6.9 * DAY);

  const files = await filesOf(tenant, job.id);
  const rows = (name: string) => JSON.parse(files[`${name}.json`] ?? "") as Record<string, unknown>[];
  const lines = (name: string) => (files[`${name}.csv`] ?? "").trim().split("\r\n");
  expect(JSON.parse(files["company.json"] ?? "")).toMatchObject({
    id,
    name: "Test Company",
    retention: { alerts_days: 30, incidents_days: 60 },
    api_keys: [{ revoked_at: null }],
  });
  expect(rows("alerts")).toHaveLength(1500);
  expect(new Set(rows("alerts").map((alert) => alert.id)).size).toBe(1500);
  expect(rows("alerts")[0]).toMatchObject({ company_id: id, asset_name: "web-0-0", message: "=1+1" });
  expect(lines("alerts")).toHaveLength(1501);
  expect(files["alerts.csv"]).toContain(`"'=1+1"`);
  expect(rows("incidents")).toHaveLength(1500);
  expect(rows("assets")).toHaveLength(1500);
  expect(rows("timelines").length).toBeGreaterThanOrEqual(1500);
  expect(lines("timelines")).toHaveLength(rows("timelines").length + 1);
  expect(rows("people").map((person) => person.id)).toEqual([employee.id]);
  expect(rows("rules")).toMatchObject([{ name: "Quiet lab", actions: { severity: "low" } }]);
  expect(rows("silences")).toMatchObject([{ status: "active" }]);
  for (const table of ["maintenance_windows", "corrections", "held_alerts"]) expect(rows(table)).toEqual([]);
  expect(rows("rejections")).toMatchObject([{ reason: "invalid_json" }]);
  expect(rows("dead_letters")).toMatchObject([{ reason: "invalid_json", body: "no JSON" }]);
  expect(rows("heartbeats")).toMatchObject([{ name: "Nightly" }]);
  expect(rows("incidents")[0]).toMatchObject({ feedback: [] });
  const counted = rows("alert_counts") as { hour: string; alerts: number }[];
  expect(counted.reduce((sum, { alerts }) => sum + alerts, 0)).toBe(1500);
  expect(rows("sns_topics")).toEqual([]);
  expect(lines("learned_pairs")).toHaveLength(rows("learned_pairs").length + 1);
  expect(rows("audit").map((entry) => entry.action)).toEqual(
    expect.arrayContaining(["company.created", "company.settings_changed", "company.export_started"]),
  );
  const all = JSON.stringify(files);
  const { hmac_secret, api_key } = tenant.company;
  for (const secret of [hmac_secret, api_key, api_key.slice(-32), "password_hash", "sealed", "v1."])
    expect(all, secret).not.toContain(secret);
});

it("is listed, pushed as it goes on, and is another tenant's 404", async () => {
  const tenant = await freshTenant();
  const stranger = await freshTenant();
  const { id } = tenant.company.company;
  const job = await begin(tenant);
  await closed(tenant, job.id);
  const list = await (await tenant.api(`/api/companies/${id}/jobs`)).json<{ items: Job[] }>();
  expect(list.items).toMatchObject([{ id: job.id, status: "done" }]);
  for (const path of [`/api/jobs/${job.id}`, `/api/jobs/${job.id}/file`, `/api/companies/${id}/jobs`])
    expect((await stranger.api(path)).status, path).toBe(404);
  const other = await tenant.createCompany("Other");
  const admin = await colleague(tenant.me.msp.id, "company_admin", [other.company.id]);
  const technician = await colleague(tenant.me.msp.id, "technician", [id]);
  const as = async (cookie: string) =>
    (await SELF.fetch(`${API}/api/jobs/${job.id}/file`, { headers: { cookie } })).status;
  expect(await as(admin.cookie)).toBe(404);
  expect(await as(technician.cookie)).toBe(403);
  const frames = await runInDurableObject(
    env.MSP_HUB.get(env.MSP_HUB.idFromName(tenant.me.msp.id)),
    (_, state) =>
      state.storage.sql
        .exec<{ frames: string }>("SELECT frames FROM ring")
        .toArray()
        .map((row) => row.frames),
  );
  expect(frames.some((text) => text.includes('"job_progress"') && text.includes('"done"'))).toBe(true);
});

it("goes on while the company takes in alerts, one at a time, and begins anew after a crash", async () => {
  const tenant = await freshTenant();
  const { id } = tenant.company.company;
  await tenant.company.post(Array.from({ length: 400 }, (_, i) => payload({ asset_name: `a-${i}` })));
  const job = await begin(tenant);
  expect((await begin(tenant)).id).toBe(job.id);
  await closed(tenant, job.id);
  // A run that died with its runner: the row says running, and nobody works on it.
  await env.DB.prepare(
    `UPDATE jobs SET status = 'running', attempts = 1, updated_at = ?2, expires_at = NULL,
       data = json_set(data, '$.file', NULL) WHERE id = ?1`,
  )
    .bind(job.id, Date.now() - 60_000)
    .run();
  await sweepJobs(env, Date.now());
  expect((await jobOf(tenant, job.id)).status).toBe("running");
  await sweepJobs(env, Date.now() + 61_000);
  expect(await closed(tenant, job.id)).toMatchObject({ status: "done" });
  expect(Object.keys(await filesOf(tenant, job.id))).toContain("alerts.json");
  const { objects } = await env.FILES.list({ prefix: `${tenant.me.msp.id}/${id}/` });
  expect(objects).toHaveLength(1);
});

it("is given up with a sentence after three tries", async () => {
  const tenant = await freshTenant();
  const broken = vi.spyOn(env.FILES, "createMultipartUpload").mockRejectedValue(new Error("store away"));
  try {
    const job = await begin(tenant);
    await eventually(async () => {
      await runInDurableObject(runnerOf(job.id), (runner) => (runner as unknown as JobRunner).alarm());
      expect((await jobOf(tenant, job.id)).status).toBe("failed");
    });
    expect(await jobOf(tenant, job.id)).toMatchObject({
      status: "failed",
      error: expect.stringContaining("failed several times"),
      result: null,
    });
  } finally {
    broken.mockRestore();
  }
});

it("is dropped with its file when its time is over", async () => {
  const tenant = await freshTenant();
  const job = await begin(tenant);
  await closed(tenant, job.id);
  const prefix = `${tenant.me.msp.id}/`;
  await sweepJobs(env, Date.now() + 6 * DAY);
  expect((await env.FILES.list({ prefix })).objects).toHaveLength(1);
  await sweepJobs(env, Date.now() + 8 * DAY);
  expect((await env.FILES.list({ prefix })).objects).toHaveLength(0);
  expect((await tenant.api(`/api/jobs/${job.id}/file`)).status).toBe(404);
});
