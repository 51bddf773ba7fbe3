import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import type { Job } from "../../core/job.ts";
import type { Comparison } from "../../core/replay/schema.ts";
import { as } from "../security/as.ts";
import { colleague } from "../support/colleague.ts";
import { eventually } from "../support/eventually.ts";
import { freshTenant, type TestTenant } from "../support/fresh-tenant.ts";
import { payload } from "../support/payloads.ts";

const DAY = 86_400_000;
const SETTINGS = {
  strategy: "signature",
  window_minutes: 15,
  resolve_delay_minutes: 3,
  reopen_minutes: 30,
  // So many hosts at once are a storm elsewhere; here each is to be an incident.
  storm_alerts_per_minute: 1_000_000,
};

const asked = (tenant: TestTenant, more: Record<string, unknown> = {}) => ({
  company_id: tenant.company.company.id,
  settings: SETTINGS,
  from: new Date(Date.now() - DAY).toISOString(),
  to: new Date(Date.now() + DAY).toISOString(),
  ...more,
});

async function begin(tenant: TestTenant, more: Record<string, unknown> = {}): Promise<Job> {
  const answer = await tenant.api("/api/correlation/preview", { method: "POST", json: asked(tenant, more) });
  expect(answer.status).toBe(202);
  return answer.json<Job>();
}

const jobOf = async (tenant: TestTenant, id: string) => (await tenant.api(`/api/jobs/${id}`)).json<Job>();

const done = (tenant: TestTenant, id: string) =>
  eventually(async () => {
    const job = await jobOf(tenant, id);
    expect(job.status).toBe("done");
    return job;
  });

async function resultOf(tenant: TestTenant, id: string): Promise<Comparison> {
  const answer = await tenant.api(`/api/jobs/${id}/result`);
  expect(answer.status).toBe(200);
  return answer.json<Comparison>();
}

async function outage(tenant: TestTenant, hosts: number): Promise<void> {
  for (let first = 0; first < hosts; first += 500) {
    const alerts = Array.from({ length: Math.min(500, hosts - first) }, (_, i) =>
      payload({ asset_name: `web-${first + i}`, signature: "service_down" }),
    );
    expect((await tenant.company.post(alerts)).status).toBe(202);
  }
}

it("says what would be one incident, over several pages of alerts", { timeout: 60_000 }, async () => {
  const tenant = await freshTenant();
  await tenant.api(`/api/companies/${tenant.company.company.id}/correlation`, {
    method: "PUT",
    json: { ...SETTINGS, strategy: "asset|signature" },
  });
  await outage(tenant, 2300);
  await tenant.company.post(payload({ asset_name: "web-0", signature: "service_down" }));
  await tenant.company.post(payload({ asset_name: "db-01", signature: "disk_full" }));
  const begun = await begin(tenant);
  expect(begun).toMatchObject({ kind: "preview", status: "queued", result: null });
  const job = await done(tenant, begun.id);
  expect(job.progress).toMatchObject({ done: 2301, total: 2301 });
  const found = await resultOf(tenant, job.id);
  expect(found).toMatchObject({
    alerts: 2301,
    deliveries: 2302,
    before: { incidents: 2301 },
    after: { incidents: 2 },
    kinds: { same: { groups: 1 }, merged: { groups: 1, before: 2300, after: 1 } },
  });
  const [merged] = found.differences;
  expect(merged?.before[0]?.id).toMatch(/^in_/);
  expect((await tenant.api(`/api/incidents/${merged?.before[0]?.id}`)).status).toBe(200);
});

it("finds nothing to change under the settings that are", async () => {
  const tenant = await freshTenant();
  await outage(tenant, 20);
  await tenant.company.post(payload({ asset_name: "web-3", signature: "service_down", status: "resolved" }));
  const { id } = tenant.company.company;
  const settings = await (await tenant.api(`/api/companies/${id}/correlation`)).json();
  const job = await begin(tenant, { settings });
  await done(tenant, job.id);
  const found = await resultOf(tenant, job.id);
  expect(found).toMatchObject({ alerts: 20, differences: [], kinds: { same: { groups: 20 } } });
  expect(found.after).toEqual(found.before);
});

it("is cancelled, and then has no result", async () => {
  const tenant = await freshTenant();
  await outage(tenant, 3);
  const job = await begin(tenant);
  const answer = await tenant.api(`/api/jobs/${job.id}/cancel`, { method: "POST" });
  expect(answer.status).toBe(200);
  expect((await answer.json<Job>()).status).toBe("cancelled");
  expect((await tenant.api(`/api/jobs/${job.id}/result`)).status).toBe(404);
  await eventually(async () => {
    const { objects } = await env.FILES.list({
      prefix: `${tenant.me.msp.id}/${tenant.company.company.id}/what-if/`,
    });
    expect(objects).toEqual([]);
  });
  expect(await jobOf(tenant, job.id)).toMatchObject({ status: "cancelled", result: null });
  const again = await tenant.api(`/api/jobs/${job.id}/cancel`, { method: "POST" });
  expect((await again.json<Job>()).status).toBe("cancelled");
});

it("takes the place of one's own before it", async () => {
  const tenant = await freshTenant();
  const first = await begin(tenant);
  const second = await begin(tenant);
  await done(tenant, second.id);
  expect(["cancelled", "done"]).toContain((await jobOf(tenant, first.id)).status);
});

it("is a technician's as well, and nobody's of another MSP", async () => {
  const tenant = await freshTenant();
  const other = await freshTenant();
  const { id } = tenant.company.company;
  const technician = await colleague(tenant.me.msp.id, "technician", [id]);
  const answer = await as(technician, "POST", "/api/correlation/preview", asked(tenant));
  expect(answer.status).toBe(202);
  const job = await answer.json<Job>();
  await done(tenant, job.id);
  expect((await as(technician, "GET", `/api/jobs/${job.id}/result`)).status).toBe(200);
  for (const path of [`/api/jobs/${job.id}`, `/api/jobs/${job.id}/result`])
    expect((await other.api(path)).status).toBe(404);
  expect((await other.api(`/api/jobs/${job.id}/cancel`, { method: "POST" })).status).toBe(404);
  const theirs = await other.api("/api/correlation/preview", { method: "POST", json: asked(tenant) });
  expect(theirs.status).toBe(404);
  const exported = await tenant.api(`/api/companies/${id}/exports`, { method: "POST" });
  const { id: secret } = await exported.json<Job>();
  expect((await as(technician, "GET", `/api/jobs/${secret}`)).status).toBe(403);
  expect((await tenant.api(`/api/jobs/${secret}/cancel`, { method: "POST" })).status).toBe(409);
});

it.each([
  ["from", { from: "2026-03-02T00:00:00Z", to: "2026-03-01T00:00:00Z" }],
  ["from", { from: "2026-01-01T00:00:00Z", to: "2026-06-01T00:00:00Z" }],
  ["from", { from: "yesterday" }],
  ["settings.window_minutes", { settings: { ...SETTINGS, window_minutes: 0 } }],
])("says what is wrong with %s", async (field, more) => {
  const tenant = await freshTenant();
  const answer = await tenant.api("/api/correlation/preview", { method: "POST", json: asked(tenant, more) });
  expect(answer.status).toBe(422);
  expect(Object.keys((await answer.json<{ fields: object }>()).fields)).toContain(field);
});
