import { SELF } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { AuditPage, AuditVerdict } from "../../core/audit-log.ts";
import { newId } from "../../worker/new-id.ts";
import { API } from "../support/addresses.ts";
import { colleague } from "../support/colleague.ts";
import { freshTenant, type TestTenant } from "../support/fresh-tenant.ts";

async function verdict(tenant: TestTenant): Promise<AuditVerdict> {
  return (await tenant.api("/api/audit/verify")).json<AuditVerdict>();
}

/** A tenant whose log has at least so many linked entries of a company's settings. */
async function tenantWithLog(changes: number): Promise<TestTenant> {
  const tenant = await freshTenant();
  for (let i = 0; i < changes; i++) await rename(tenant, `Name ${i}`);
  await expect
    .poll(async () => (await log(tenant, "?action=company.settings_changed")).items.length, { timeout: 5000 })
    .toBe(changes);
  expect((await verdict(tenant)).ok).toBe(true);
  return tenant;
}

async function rename(tenant: TestTenant, name: string): Promise<void> {
  const path = `/api/companies/${tenant.company.company.id}`;
  expect((await tenant.api(path, { method: "PATCH", json: { name } })).status).toBe(200);
}

async function log(tenant: TestTenant, query = ""): Promise<AuditPage> {
  return (await tenant.api(`/api/audit${query}`)).json<AuditPage>();
}

function run(sql: string, ...values: unknown[]) {
  return env.DB.prepare(sql)
    .bind(...values)
    .run();
}

describe("the audit log", () => {
  it("says who changed what, from where, before and after, and what it was linked to", async () => {
    const tenant = await tenantWithLog(1);
    const page = await log(tenant, "?action=company.settings_changed");
    expect(page.items).toMatchObject([
      {
        action: "company.settings_changed",
        company_id: tenant.company.company.id,
        actor: { type: "user", id: tenant.me.user.id, name: "Test Admin" },
        from: { ip: expect.stringMatching(/^10\./), session_id: tenant.me.session.id },
        before: { name: "Test Company" },
        after: { name: "Name 0" },
        seq: expect.any(Number),
        erased: false,
      },
    ]);
    const { id } = page.items[0]!;
    expect(await (await tenant.api(`/api/audit/${id}`)).json()).toEqual(page.items[0]);
  });

  it("is numbered without a gap when many change at once", async () => {
    const tenant = await freshTenant();
    await Promise.all(Array.from({ length: 12 }, (_, i) => rename(tenant, `Name ${i}`)));
    await expect
      .poll(async () => (await log(tenant, "?action=company.settings")).items.length, { timeout: 5000 })
      .toBe(12);
    const { ok, entries, head } = await verdict(tenant);
    const { items } = await log(tenant, "?limit=200");
    expect([ok, entries, head.seq]).toEqual([true, items.length, items.length]);
    expect(items.map((item) => item.seq).sort((a, b) => Number(a) - Number(b))).toEqual(
      items.map((_, i) => i + 1),
    );
  });

  it("is filtered, searched and paged", async () => {
    const tenant = await tenantWithLog(3);
    const other = await tenant.createCompany("Other");
    await expect.poll(async () => (await log(tenant, `?q=Name%202`)).items.length).toBe(1);
    expect((await log(tenant, `?company_id=${other.company.id}&action=company.settings`)).items).toEqual([]);
    expect((await log(tenant, "?action=incident.")).items).toEqual([]);
    expect((await log(tenant, `?actor_id=${newId("us")}`)).items).toEqual([]);
    const all = (await log(tenant, "?limit=200")).items;
    const to = all.at(-1)!.at;
    expect((await log(tenant, `?to=${to}`)).items.map((item) => item.id)).toContain(all.at(-1)!.id);
    expect((await log(tenant, `?from=2100-01-01T00:00:00Z`)).items).toEqual([]);
    const paged: string[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const page: AuditPage = await log(tenant, `?limit=2${cursor && `&cursor=${cursor}`}`);
      paged.push(...page.items.map((item) => item.id));
      cursor = page.next_cursor;
    }
    expect(paged).toEqual(all.map((item) => item.id));
  });

  it("is exported whole, as CSV that no spreadsheet computes and as JSON", async () => {
    const tenant = await tenantWithLog(2);
    await rename(tenant, '=HYPERLINK("http://evil")');
    await expect.poll(async () => (await log(tenant, "?q=HYPERLINK")).items.length).toBe(1);
    const all = (await log(tenant, "?limit=200")).items;
    const json = await tenant.api("/api/audit?format=json");
    expect(json.headers.get("content-disposition")).toContain("audit-log.json");
    expect(await json.json()).toEqual(all);
    const csv = await tenant.api("/api/audit?format=csv&q=HYPERLINK");
    expect(csv.headers.get("content-type")).toContain("text/csv");
    const lines = (await csv.text()).trim().split("\r\n");
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain(`"'=HYPERLINK(""http://evil"")"`);
  });

  it("shows a company's admin what concerns their companies, and others nothing", async () => {
    const tenant = await tenantWithLog(1);
    const other = await tenant.createCompany("Other");
    const id = tenant.company.company.id;
    const msp = tenant.me.msp.id;
    const ask = async (cookie: string, path: string) => SELF.fetch(`${API}${path}`, { headers: { cookie } });
    const admin = await colleague(msp, "company_admin", [id]);
    const page = await (await ask(admin.cookie, "/api/audit?limit=200")).json<AuditPage>();
    expect(page.items.length).toBeGreaterThan(0);
    expect(new Set(page.items.map((item) => item.company_id))).toEqual(new Set([id]));
    expect((await ask(admin.cookie, `/api/audit?company_id=${other.company.id}`)).status).toBe(404);
    const hidden = (await log(tenant, "?limit=200")).items.find((item) => item.company_id !== id);
    expect((await ask(admin.cookie, `/api/audit/${hidden?.id}`)).status).toBe(404);
    const csv = await (await ask(admin.cookie, "/api/audit?format=csv")).text();
    expect(csv).not.toContain(other.company.id);
    expect((await ask(admin.cookie, "/api/audit/verify")).status).toBe(403);
    for (const role of ["technician", "client"] as const) {
      const { cookie } = await colleague(msp, role, [id]);
      expect((await ask(cookie, "/api/audit")).status).toBe(403);
    }
  });

  it("keeps what a company's object noted while the database was away", async () => {
    const tenant = await freshTenant();
    await run(
      `CREATE TRIGGER audit_away BEFORE INSERT ON audit_entries WHEN NEW.msp_id = '${tenant.me.msp.id}'
       BEGIN SELECT RAISE(ABORT, 'away'); END`,
    );
    await rename(tenant, "While away");
    expect((await log(tenant, "?q=While%20away")).items).toEqual([]);
    await run("DROP TRIGGER audit_away");
    await env.COMPANY.get(env.COMPANY.idFromName(tenant.company.company.id)).wake();
    expect((await log(tenant, "?q=While%20away")).items).toHaveLength(1);
    expect((await verdict(tenant)).ok).toBe(true);
  });
});

describe("a log that somebody changed", () => {
  const BY_SEQ = "WHERE msp_id = ?1 AND seq = ?2";
  const tampering: [string, (msp: string, last: number) => Promise<unknown>, number | "last"][] = [
    ["a payload", (msp) => run(`UPDATE audit_entries SET payload = '{}' ${BY_SEQ}`, msp, 2), 2],
    ["a listed field", (msp) => run(`UPDATE audit_entries SET actor_name = 'Eve' ${BY_SEQ}`, msp, 2), 2],
    ["a missing row", (msp) => run(`DELETE FROM audit_entries ${BY_SEQ}`, msp, 2), 2],
    ["a hash", (msp) => run(`UPDATE audit_entries SET hash = '00' ${BY_SEQ}`, msp, 2), 2],
    ["a missing tail", (msp, last) => run(`DELETE FROM audit_entries ${BY_SEQ}`, msp, last), "last"],
    ["no rows at all", (msp) => run("DELETE FROM audit_entries WHERE msp_id = ?1", msp), 1],
    [
      "two swapped",
      async (msp) => {
        await run(`UPDATE audit_entries SET seq = -1 ${BY_SEQ}`, msp, 2);
        await run(`UPDATE audit_entries SET seq = 2 ${BY_SEQ}`, msp, 3);
        await run(`UPDATE audit_entries SET seq = 3 ${BY_SEQ}`, msp, -1);
      },
      2,
    ],
  ];

  it.each(tampering)("is found: %s", async (_, tamper, where) => {
    const tenant = await tenantWithLog(3);
    const last = (await verdict(tenant)).head.seq;
    expect(last).toBeGreaterThanOrEqual(3);
    await tamper(tenant.me.msp.id, last);
    const found = await verdict(tenant);
    expect(found).toMatchObject({ ok: false, broken: { seq: where === "last" ? last : where } });
  });

  it("is found where the whole chain was forged anew", async () => {
    const tenant = await tenantWithLog(3);
    const other = await tenantWithLog(3);
    const { head } = await verdict(tenant);
    await run("DELETE FROM audit_entries WHERE msp_id = ?1", tenant.me.msp.id);
    // The chain of somebody else is whole in itself.
    await run(
      "UPDATE audit_entries SET msp_id = ?1, payload = NULL WHERE msp_id = ?2",
      tenant.me.msp.id,
      other.me.msp.id,
    );
    expect(await verdict(tenant)).toMatchObject({ ok: false, broken: { seq: head.seq } });
  });

  it("is whole where a payload was erased as it should be", async () => {
    const tenant = await tenantWithLog(3);
    await run(`UPDATE audit_entries SET payload = NULL ${BY_SEQ}`, tenant.me.msp.id, 2);
    expect(await verdict(tenant)).toMatchObject({ ok: true, erased: 1 });
    const { items } = await log(tenant, "?limit=200");
    expect(items.find((item) => item.seq === 2)).toMatchObject({ erased: true, before: null });
  });
});
