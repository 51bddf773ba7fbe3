import { evictDurableObject, runInDurableObject, SELF } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, it, vi } from "vitest";
import type { Job } from "../../core/job.ts";
import { sweepJobs } from "../../worker/jobs/sweep.ts";
import { API } from "../support/addresses.ts";
import { colleague } from "../support/colleague.ts";
import { eventually } from "../support/eventually.ts";
import { freshTenant, type TestTenant } from "../support/fresh-tenant.ts";
import { payload, read } from "../support/payloads.ts";
import { png } from "../support/png.ts";

const DAY = 86_400_000;
const jobOf = async (tenant: TestTenant, id: string) => (await tenant.api(`/api/jobs/${id}`)).json<Job>();
const done = (tenant: TestTenant, id: string) =>
  eventually(async () => {
    const job = await jobOf(tenant, id);
    expect(job).toMatchObject({ status: "done", error: null });
    return job;
  });

async function remove(tenant: TestTenant, id: string, confirm_name: string): Promise<Job> {
  const answer = await tenant.api(`/api/companies/${id}`, { method: "DELETE", json: { confirm_name } });
  expect(answer.status).toBe(202);
  return answer.json<Job>();
}

/** Every table of the console's database that names a company, and how many of its rows name this one. */
async function rowsNaming(id: string): Promise<Record<string, number>> {
  const { results } = await env.DB.prepare(
    `SELECT m.name AS tab, c.name AS col FROM sqlite_master m, pragma_table_info(m.name) c
     WHERE m.type = 'table' AND m.name NOT LIKE '%\\_fts%' ESCAPE '\\' AND m.name NOT LIKE '\\_cf%' ESCAPE '\\'`,
  ).all<{ tab: string; col: string }>();
  const found: Record<string, number> = {};
  for (const { tab, col } of results) {
    const row = await env.DB.prepare(
      `SELECT COUNT(*) AS n FROM "${tab}" WHERE instr(CAST("${col}" AS TEXT), ?1) > 0`,
    )
      .bind(id)
      .first<{ n: number }>();
    if (row?.n) found[`${tab}.${col}`] = row.n;
  }
  return found;
}

const searchRows = async (id: string) =>
  (
    await env.DB.prepare("SELECT COUNT(*) AS n FROM incidents_fts WHERE incidents_fts MATCH ?1")
      .bind(`scope:${id.slice(3)}`)
      .first<{ n: number }>()
  )?.n;

const objectOf = (id: string) => env.COMPANY.get(env.COMPANY.idFromName(id));
const tablesOf = (id: string) =>
  runInDurableObject(objectOf(id), async (_, state) => ({
    tables: state.storage.sql.exec("SELECT name FROM sqlite_master WHERE name NOT LIKE '_cf%'").toArray(),
    keys: (await state.storage.list()).size,
    alarm: await state.storage.getAlarm(),
  }));
const ringText = (mspId: string) =>
  runInDurableObject(env.MSP_HUB.get(env.MSP_HUB.idFromName(mspId)), (_, state) =>
    JSON.stringify(state.storage.sql.exec("SELECT * FROM ring").toArray()),
  );
const filesOf = async (mspId: string, id: string) =>
  (await env.FILES.list({ prefix: `${mspId}/${id}/` })).objects.map((object) => object.key);

/** A company with something of it in every store. */
async function lived(tenant: TestTenant, name: string) {
  const company = await tenant.createCompany(name);
  const { id } = company.company;
  const msp = tenant.me.msp.id;
  await company.post([payload({ asset_name: `${name}-web` }), payload({ asset_name: `${name}-db` })]);
  await company.post("no JSON");
  await tenant.api(`/api/companies/${id}/branding/logo`, { method: "PUT", body: png(7) });
  await tenant.api(`/api/companies/${id}/retention`, {
    method: "PUT",
    json: { alerts_days: 30, incidents_days: 30 },
  });
  const exported = await (await tenant.api(`/api/companies/${id}/exports`, { method: "POST" })).json<Job>();
  await done(tenant, exported.id);
  const people = {
    employee: await colleague(msp, "technician", [id], { employer_company_id: id }),
    client: await colleague(msp, "client", [id]),
    technician: await colleague(msp, "technician", [id, tenant.company.company.id]),
  };
  const alone = `${name.toLowerCase()}@example.com`;
  await env.DB.prepare(
    `INSERT INTO invitations (id, msp_id, email, role, company_ids, token_hash, invited_by, created_at, expires_at, sent_at)
     VALUES (?1, ?2, ?6, 'client', ?3, ?1, 'us_1', 0, 1, 0), (?4, ?2, 'b@example.com', 'technician', ?5, ?4, 'us_1', 0, 1, 0)`,
  )
    .bind(
      `inv_${id}`.slice(0, 12) + crypto.randomUUID(),
      msp,
      JSON.stringify([id]),
      `inv_${crypto.randomUUID()}`,
      JSON.stringify([id, tenant.company.company.id]),
      alone,
    )
    .run();
  await env.DB.prepare(
    `INSERT INTO mails (id, msp_id, kind, recipient, status, created_at, expires_at, next_at)
     VALUES (?1, ?2, 'invitation', ?4, 'sent', 0, 1, 0),
       (?3, ?2, 'invitation', 'b@example.com', 'sent', 0, 1, 0)`,
  )
    .bind(crypto.randomUUID(), msp, crypto.randomUUID(), alone)
    .run();
  await eventually(async () => {
    const rows = await rowsNaming(id);
    for (const table of [
      "incidents.company_id",
      "counters.company_id",
      "audit_entries.company_id",
      "jobs.company_id",
    ])
      expect(rows, table).toHaveProperty([table]);
    expect(await searchRows(id)).toBe(2);
    expect(await ringText(msp)).toContain(id);
    const { items } = await (await tenant.api(`/api/companies/${id}/rejections`)).json<{
      items: unknown[];
    }>();
    expect(items).toHaveLength(1);
  });
  return { company, id, people };
}

it("leaves nothing in any store, and a neighbour untouched", { timeout: 60_000 }, async () => {
  const tenant = await freshTenant();
  const msp = tenant.me.msp.id;
  const gone = await lived(tenant, "Contoso");
  const stays = await lived(tenant, "Fabrikam");
  // The employee did something that the log names.
  const cookie = gone.people.employee.cookie;
  const acted = await SELF.fetch(`${API}/api/companies/${gone.id}/test-alert`, {
    method: "POST",
    headers: { cookie, origin: API },
  });
  expect(acted.status).toBe(202);
  const before = { rows: await rowsNaming(stays.id), files: await filesOf(msp, stays.id) };
  expect(await filesOf(msp, gone.id)).toHaveLength(2);

  const wrong = await tenant.api(`/api/companies/${gone.id}`, {
    method: "DELETE",
    json: { confirm_name: "contoso" },
  });
  expect([wrong.status, (await wrong.json<{ fields: object }>()).fields]).toEqual([
    422,
    { confirm_name: 'write "Contoso" to delete it' },
  ]);
  const job = await remove(tenant, gone.id, "Contoso");
  expect((await done(tenant, job.id)).company_id).toBeNull();

  // Intake, and whatever the edge remembers of it.
  expect(await read(gone.company.post(payload({ asset_name: "late" })))).toMatchObject({ code: 401 });
  // The object's storage.
  expect(await tablesOf(gone.id)).toEqual({ tables: [], keys: 0, alarm: null });
  await evictDurableObject(objectOf(gone.id));
  expect(await tablesOf(gone.id)).toEqual({ tables: [], keys: 0, alarm: null });
  // The database: in every column of every table the log's tombstones alone still name it.
  const log = await env.DB.prepare(
    "SELECT action, payload, payload_hash, hash FROM audit_entries WHERE company_id = ?1 ORDER BY seq",
  )
    .bind(gone.id)
    .all<{ action: string; payload: string | null; hash: string | null }>();
  const named = await rowsNaming(gone.id);
  expect(Object.keys(named).sort()).toEqual([
    "audit_entries.company_id",
    "audit_entries.payload",
    "audit_entries.target_id",
  ]);
  expect(log.results.filter((entry) => entry.payload !== null).map((entry) => entry.action)).toEqual([
    "company.deleted",
  ]);
  expect(named["audit_entries.payload"]).toBe(1);
  expect(JSON.stringify(log.results)).not.toContain("Contoso");
  expect(await searchRows(gone.id)).toBe(0);
  // Files, the hub's memory.
  expect(await filesOf(msp, gone.id)).toEqual([]);
  expect(await ringText(msp)).not.toContain(gone.id);
  const recent = await (await tenant.api("/api/alerts/recent")).text();
  expect(recent).not.toContain(gone.id);
  // People: the company's own are gone, the MSP's see one company less.
  const whoami = async (cookie: string) => {
    const answer = await SELF.fetch(`${API}/api/me`, { headers: { cookie } });
    return answer.status === 200 ? (await answer.json<{ companies: string[] }>()).companies : answer.status;
  };
  expect(await whoami(gone.people.employee.cookie)).toBe(401);
  expect(await whoami(gone.people.client.cookie)).toBe(401);
  expect(await whoami(gone.people.technician.cookie)).toEqual([tenant.company.company.id]);

  // Who was invited into this company alone; who was invited into others as well still is.
  const { results: mailed } = await env.DB.prepare(
    "SELECT DISTINCT recipient FROM mails WHERE msp_id = ?1 AND kind = 'invitation'",
  )
    .bind(msp)
    .all<{ recipient: string }>();
  expect(mailed.map(({ recipient }) => recipient).sort()).toEqual(["b@example.com", "fabrikam@example.com"]);

  // The log still verifies, and the neighbour is as before.
  const verdict = await (await tenant.api("/api/audit/verify")).json<{ ok: boolean; erased: number }>();
  expect(verdict).toMatchObject({ ok: true });
  expect(verdict.erased).toBeGreaterThan(2);
  const actors = await env.DB.prepare(
    "SELECT COUNT(*) AS n FROM audit_entries WHERE actor_id = ?1 AND actor_name <> ?2",
  )
    .bind(gone.people.employee.id, "Removed person")
    .first<{ n: number }>();
  expect(actors?.n).toBe(0);
  expect({ rows: await rowsNaming(stays.id), files: await filesOf(msp, stays.id) }).toEqual(before);
  expect(await whoami(stays.people.client.cookie)).toEqual([stays.id]);
  expect(await read(stays.company.post(payload()))).toMatchObject({ code: 202 });
  expect((await tenant.api(`/api/companies/${gone.id}`)).status).toBe(404);

  await sweepJobs(env, Date.now() + 31 * DAY);
  expect((await tenant.api(`/api/jobs/${job.id}`)).status).toBe(404);
});

it("goes on after a crash at any step", { timeout: 60_000 }, async () => {
  const tenant = await freshTenant();
  const { id } = await lived(tenant, "Contoso");
  // The store of files fails at first, and then the run dies without a word.
  const broken = vi.spyOn(env.FILES, "list").mockRejectedValueOnce(new Error("store away"));
  const job = await remove(tenant, id, "Contoso");
  await eventually(async () => expect(broken).toHaveBeenCalled());
  broken.mockRestore();
  await done(tenant, job.id);
  expect(await tablesOf(id)).toMatchObject({ tables: [] });
  expect(await filesOf(tenant.me.msp.id, id)).toEqual([]);
});

it("is taken up by the sweep when its runner is gone, wherever it stopped", { timeout: 60_000 }, async () => {
  const tenant = await freshTenant();
  const { id } = await lived(tenant, "Contoso");
  const actor = {
    user_id: tenant.me.user.id,
    name: "A",
    msp_id: tenant.me.msp.id,
    role: "msp_admin",
    companies: "all",
  };
  const data = {
    actor,
    company_name: "Contoso",
    progress: { done: 2, total: 8, text: "Erasing the lists and figures." },
    error: null,
    file: null,
    upload: null,
  };
  // As a run leaves it that died after it had erased the object.
  const object = objectOf(id) as unknown as { erase(by: typeof actor): Promise<unknown> };
  await object.erase(actor);
  await env.DB.prepare(
    `INSERT INTO jobs (id, msp_id, company_id, kind, status, created_at, updated_at, attempts, data)
     VALUES ('job_dead', ?1, ?2, 'deletion', 'running', 0, ?3, 1, ?4)`,
  )
    .bind(tenant.me.msp.id, id, Date.now() - 121_000, JSON.stringify(data))
    .run();
  await sweepJobs(env, Date.now());
  await done(tenant, "job_dead");
  expect(Object.keys(await rowsNaming(id)).filter((column) => !column.startsWith("audit_entries"))).toEqual(
    [],
  );
});
