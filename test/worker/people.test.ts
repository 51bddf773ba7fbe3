import { SELF } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { Role } from "../../core/actor.ts";
import type { Person } from "../../core/people.ts";
import { API } from "../support/addresses.ts";
import { call } from "../support/call.ts";
import { colleague } from "../support/colleague.ts";
import { freshTenant } from "../support/fresh-tenant.ts";

/** An MSP with companies `a` and `b`, and ways to act as its people. */
async function house() {
  const tenant = await freshTenant();
  const msp = tenant.me.msp.id;
  const a = tenant.company.company.id;
  const b = (await tenant.createCompany("Company B")).company.id;
  const person = (role: Role, companies: string[], employer: string | null = null) =>
    colleague(msp, role, companies, { employer_company_id: employer });
  const list = async (cookie: string) => {
    const answer = await call("GET", "/api/people", undefined, cookie);
    expect(answer.status).toBe(200);
    return (await answer.json<{ items: Person[] }>()).items;
  };
  const change = (cookie: string, id: string, patch: unknown) =>
    call("PATCH", `/api/people/${id}`, patch, cookie);
  return { tenant, msp, a, b, person, list, change };
}

async function notes(msp: string) {
  const { results } = await env.DB.prepare(
    "SELECT action, payload FROM audit_entries WHERE msp_id = ?1 AND action LIKE 'user.%' ORDER BY at, action DESC",
  )
    .bind(msp)
    .all<{ action: string; payload: string }>();
  return results.map(({ action, payload }) => {
    const { before, after } = JSON.parse(payload) as { before: unknown; after: unknown };
    return { action, before, after };
  });
}

describe("who sees whom", () => {
  it("shows an admin everybody, with what they need to know", async () => {
    const { tenant, a, person, list } = await house();
    const tech = await person("technician", [a]);
    const items = await list(tenant.cookie);
    expect(items).toHaveLength(2);
    expect(items.find(({ id }) => id === tech.id)).toMatchObject({
      role: "technician",
      company_ids: [a],
      employer_company_id: null,
      disabled: false,
      totp_enabled: false,
      may_manage: true,
      last_seen_at: expect.any(String),
    });
    expect(items.find(({ id }) => id === tenant.me.user.id)).toMatchObject({ may_manage: false });
  });

  it("shows a company admin their own, and of others only who sees nothing else", async () => {
    const { a, b, person, list } = await house();
    const boss = await person("company_admin", [a], a);
    const own = await person("technician", [a], a);
    const shared = await person("client", [a, b], a);
    const msps = await person("technician", [a]);
    const roaming = await person("technician", [a, b]);
    const theirs = await person("client", [b], b);
    const items = await list(boss.cookie);
    const ids = items.map(({ id }) => id);
    expect(new Set(ids)).toEqual(new Set([boss.id, own.id, shared.id, msps.id]));
    for (const hidden of [roaming, theirs]) expect(ids).not.toContain(hidden.id);
    expect(items.find(({ id }) => id === shared.id)).toMatchObject({ company_ids: [a], may_manage: false });
    expect(items.find(({ id }) => id === own.id)).toMatchObject({ may_manage: true });
    expect(items.find(({ id }) => id === msps.id)).toMatchObject({ may_manage: false });
  });

  it("shows the MSP's technicians their colleagues and clients nobody", async () => {
    const { tenant, a, b, person, list } = await house();
    const tech = await person("technician", [a]);
    const mate = await person("technician", [b]);
    const theirs = await person("client", [b], b);
    const ids = (await list(tech.cookie)).map(({ id }) => id);
    expect(new Set(ids)).toEqual(new Set([tenant.me.user.id, tech.id, mate.id]));
    expect(ids).not.toContain(theirs.id);
    const client = await person("client", [a], a);
    expect((await call("GET", "/api/people", undefined, client.cookie)).status).toBe(403);
  });

  it("pages through them by name", async () => {
    const { tenant, a, person } = await house();
    for (let i = 0; i < 4; i++) await person("technician", [a]);
    const seen: string[] = [];
    let cursor = "";
    for (let page = 0; page < 5; page++) {
      const query = cursor ? `&cursor=${cursor}` : "";
      const answer = await tenant.api(`/api/people?limit=2${query}`);
      const body = await answer.json<{ items: Person[]; next_cursor: string | null }>();
      seen.push(...body.items.map(({ id }) => id));
      if (!body.next_cursor) break;
      cursor = body.next_cursor;
    }
    expect(new Set(seen).size).toBe(5);
    expect(seen).toHaveLength(5);
  });
});

describe("who changes whom", () => {
  it("gives a role and companies, noted with before and after, in force at once", async () => {
    const { tenant, msp, a, b, person, change } = await house();
    const { id, cookie } = await person("technician", [a]);
    const live = await SELF.fetch(`${API}/api/live`, { headers: { upgrade: "websocket", cookie } });
    const closed = new Promise<number>((resolve) =>
      live.webSocket!.addEventListener("close", (event) => resolve(event.code)),
    );
    live.webSocket!.accept();
    const answer = await change(tenant.cookie, id, { role: "client", company_ids: [b] });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({
      role: "client",
      company_ids: [b],
      employer_company_id: b,
    });
    expect(await closed).toBe(4002);
    const me = await (await call("GET", "/api/me", undefined, cookie)).json();
    expect(me).toMatchObject({ user: { role: "client" }, companies: [b] });
    expect(await notes(msp)).toEqual([
      { action: "user.role_changed", before: { role: "technician" }, after: { role: "client" } },
      { action: "user.companies_changed", before: { company_ids: [a] }, after: { company_ids: [b] } },
    ]);
  });

  it("shuts somebody out with their sessions, tokens and sockets, and lets them in again", async () => {
    const { tenant, msp, a, person, change } = await house();
    const { id, cookie } = await person("technician", [a]);
    await env.DB.prepare(
      `INSERT INTO personal_tokens (id, msp_id, user_id, name, token_hash, scopes, created_at)
       VALUES (?1, ?2, ?3, 'script', ?1, '["read"]', 1)`,
    )
      .bind(`pat_${id}`, msp, id)
      .run();
    expect((await change(tenant.cookie, id, { disabled: true })).status).toBe(200);
    expect((await call("GET", "/api/me", undefined, cookie)).status).toBe(401);
    const token = await env.DB.prepare("SELECT revoked_at FROM personal_tokens WHERE user_id = ?1")
      .bind(id)
      .first<{ revoked_at: number | null }>();
    expect(token?.revoked_at).toEqual(expect.any(Number));
    const back = await change(tenant.cookie, id, { disabled: false });
    expect(await back.json()).toMatchObject({ disabled: false });
    expect((await call("GET", "/api/me", undefined, cookie)).status).toBe(401);
    expect((await notes(msp)).map(({ action }) => action).sort()).toEqual(["user.disabled", "user.enabled"]);
  });

  it("lets a company admin manage the company's own, and nobody of the MSP's", async () => {
    const { tenant, a, b, person, change } = await house();
    const boss = await person("company_admin", [a], a);
    const own = await person("technician", [a], a);
    const msps = await person("technician", [a]);
    const roaming = await person("technician", [a, b]);
    expect((await change(boss.cookie, own.id, { role: "client" })).status).toBe(200);
    for (const patch of [
      { role: "msp_admin", company_ids: [] },
      { company_ids: [a, b] },
      { company_ids: [] },
    ])
      expect((await change(boss.cookie, own.id, patch)).status).toBe(422);
    expect((await change(boss.cookie, msps.id, { disabled: true })).status).toBe(403);
    expect((await change(boss.cookie, roaming.id, { disabled: true })).status).toBe(404);
    expect((await change(boss.cookie, tenant.me.user.id, { disabled: true })).status).toBe(404);
    expect((await change(own.cookie, msps.id, { disabled: true })).status).toBe(403);
  });

  it("lets nobody change themselves, or reach into another MSP", async () => {
    const { tenant, change } = await house();
    const other = await house();
    const me = tenant.me.user.id;
    for (const patch of [{ role: "client" }, { disabled: true }, { company_ids: [] }])
      expect((await change(tenant.cookie, me, patch)).status).toBe(403);
    expect((await change(other.tenant.cookie, me, { disabled: true })).status).toBe(404);
    const theirs = await other.person("technician", [other.a]);
    expect((await change(tenant.cookie, theirs.id, { company_ids: [] })).status).toBe(404);
  });

  it("never leaves an MSP without an active admin, even when two remove each other", async () => {
    const { tenant, msp, person, change } = await house();
    const second = await person("msp_admin", []);
    const both = await Promise.all([
      change(tenant.cookie, second.id, { disabled: true }),
      change(second.cookie, tenant.me.user.id, { role: "technician", company_ids: [] }),
    ]);
    expect(both.filter(({ status }) => status === 200)).toHaveLength(1);
    const left = await env.DB.prepare(
      "SELECT count(*) AS n FROM users WHERE msp_id = ?1 AND role = 'msp_admin' AND disabled_at IS NULL",
    )
      .bind(msp)
      .first();
    expect(left).toEqual({ n: 1 });
  });
});
