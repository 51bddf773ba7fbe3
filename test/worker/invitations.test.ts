import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { Me } from "../../core/company.ts";
import { call, cookiesOf } from "../support/call.ts";
import { colleague } from "../support/colleague.ts";
import { freshTenant, type TestTenant } from "../support/fresh-tenant.ts";
import { mailsTo, mailTo, tokenOf } from "../support/mailbox.ts";

const address = () => `${crypto.randomUUID()}@example.com`;
const password = "correct horse 7 battery";

/** A tenant whose admin has confirmed their address. */
async function verified(): Promise<TestTenant> {
  const tenant = await freshTenant();
  const token = tokenOf(await mailTo(tenant.email, "verify_email"));
  expect((await call("POST", "/api/auth/verify-email", { token })).status).toBe(200);
  return tenant;
}

async function invite(tenant: TestTenant, body: Record<string, unknown>) {
  const answer = await tenant.api("/api/invitations", { method: "POST", json: body });
  expect(answer.status).toBe(201);
  return (await answer.json<{ invitation: { id: string } }>()).invitation;
}

const accept = (token: string, name = "Grace Hopper") =>
  call("POST", "/api/invitations/accept", { token, name, password });

async function audited(mspId: string): Promise<string[]> {
  const { results } = await env.DB.prepare(
    "SELECT action FROM audit_entries WHERE msp_id = ?1 ORDER BY at, id",
  )
    .bind(mspId)
    .all<{ action: string }>();
  return results.map(({ action }) => action);
}

describe("inviting", () => {
  it("waits until the inviter's own address is confirmed", async () => {
    const tenant = await freshTenant();
    const to = address();
    const body = { email: to, role: "technician" };
    const early = await tenant.api("/api/invitations", { method: "POST", json: body });
    expect(early.status).toBe(403);
    expect(await early.json()).toMatchObject({ error: "email_unverified" });
    expect(await mailsTo(to)).toEqual([]);
    const token = tokenOf(await mailTo(tenant.email, "verify_email"));
    await call("POST", "/api/auth/verify-email", { token });
    await invite(tenant, body);
    await mailTo(to, "invitation");
  });

  it("mails a link; whoever follows it chooses a name and a password and is in", async () => {
    const tenant = await verified();
    const { id: company, name } = tenant.company.company;
    const to = address();
    await invite(tenant, { email: to.toUpperCase(), role: "company_admin", company_ids: [company] });
    const mail = await mailTo(to);
    expect(mail.links[0]).toMatch(/^http:\/\/127\.0\.0\.1:8787\/invite#token=[\w-]{43}$/);
    expect(mail.text).toContain(name);
    const token = tokenOf(mail);

    const look = await call("POST", "/api/invitations/look", { token });
    expect(await look.json()).toEqual({
      email: to,
      role: "company_admin",
      msp_name: "Test MSP",
      company_names: [name],
    });
    const joined = await accept(token);
    expect(joined.status).toBe(201);
    const me = await joined.json<Me>();
    expect(me).toMatchObject({
      user: { email: to, email_verified: true, role: "company_admin", name: "Grace Hopper" },
      msp: { id: tenant.me.msp.id },
      companies: [company],
    });
    const again = await call("GET", "/api/me", undefined, cookiesOf(joined));
    expect(again.status).toBe(200);
    const row = await env.DB.prepare("SELECT employer_company_id FROM users WHERE id = ?1")
      .bind(me.user.id)
      .first();
    expect(row).toEqual({ employer_company_id: company });
    expect(await audited(tenant.me.msp.id)).toEqual(
      expect.arrayContaining(["invitation.created", "invitation.accepted", "user.email_verified"]),
    );
  });

  it("keeps no token where a dump would show it", async () => {
    const tenant = await verified();
    const to = address();
    await invite(tenant, { email: to, role: "msp_admin" });
    const token = tokenOf(await mailTo(to));
    for (const table of ["invitations", "mails", "email_tokens", "audit_entries"]) {
      const { results } = await env.DB.prepare(`SELECT * FROM ${table}`).all();
      expect(results.length).toBeGreaterThan(0);
      expect(JSON.stringify(results)).not.toContain(token);
    }
  });

  it("says by field what does not fit", async () => {
    const tenant = await verified();
    const stranger = await freshTenant();
    const theirs = stranger.company.company.id;
    const own = tenant.company.company.id;
    for (const [body, field] of [
      [{ email: "nobody", role: "technician" }, "email"],
      [{ email: address(), role: "root" }, "role"],
      [{ email: address(), role: "client" }, "company_ids"],
      [{ email: address(), role: "msp_admin", company_ids: [own] }, "company_ids"],
      [{ email: address(), role: "technician", company_ids: [theirs] }, "company_ids"],
    ] as const) {
      const answer = await tenant.api("/api/invitations", { method: "POST", json: body });
      expect(answer.status).toBe(422);
      const { fields } = await answer.json<{ fields: Record<string, string> }>();
      expect(Object.keys(fields)).toEqual([field]);
    }
  });
});

describe("the link of an invitation", () => {
  it("works once", async () => {
    const tenant = await verified();
    const to = address();
    await invite(tenant, { email: to, role: "technician" });
    const token = tokenOf(await mailTo(to));
    const both = await Promise.all([accept(token), accept(token)]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 422]);
    expect((await call("POST", "/api/invitations/look", { token })).status).toBe(422);
    const people = await env.DB.prepare("SELECT count(*) AS n FROM users WHERE email = ?1").bind(to).first();
    expect(people).toEqual({ n: 1 });
  });

  it("dies with its week, with being taken back, and with a newer one", async () => {
    const tenant = await verified();
    const old = address();
    const aged = await invite(tenant, { email: old, role: "technician" });
    await env.DB.prepare("UPDATE invitations SET expires_at = ?1 WHERE id = ?2")
      .bind(Date.now() - 1, aged.id)
      .run();
    expect((await accept(tokenOf(await mailTo(old)))).status).toBe(422);

    const unwanted = address();
    const { id } = await invite(tenant, { email: unwanted, role: "technician" });
    expect((await tenant.api(`/api/invitations/${id}`, { method: "DELETE" })).status).toBe(204);
    expect((await accept(tokenOf(await mailTo(unwanted)))).status).toBe(422);

    const slow = address();
    const sent = await invite(tenant, { email: slow, role: "technician" });
    const first = tokenOf(await mailTo(slow));
    const resend = () => tenant.api(`/api/invitations/${sent.id}/resend`, { method: "POST" });
    expect((await resend()).status).toBe(429);
    await env.DB.prepare("UPDATE invitations SET sent_at = sent_at - 61000 WHERE id = ?1")
      .bind(sent.id)
      .run();
    await env.DB.prepare("UPDATE mails SET created_at = created_at - 61000 WHERE recipient = ?1")
      .bind(slow)
      .run();
    expect((await resend()).status).toBe(200);
    expect((await accept(first)).status).toBe(422);
    const second = tokenOf(await mailTo(slow));
    expect(second).not.toBe(first);
    expect((await accept(second)).status).toBe(201);
    expect((await resend()).status).toBe(409);
    expect((await tenant.api(`/api/invitations/${sent.id}`, { method: "DELETE" })).status).toBe(409);
  });

  it("tells only its holder that the address has an account already", async () => {
    const tenant = await verified();
    const other = await freshTenant();
    const known = await tenant.api("/api/invitations", {
      method: "POST",
      json: { email: other.email, role: "technician" },
    });
    expect(known.status).toBe(201);
    const refused = await accept(tokenOf(await mailTo(other.email, "invitation")));
    expect(refused.status).toBe(409);
    expect(await refused.json()).toMatchObject({ error: "email_taken" });
  });
});

describe("a company admin", () => {
  it("brings in their company's own people and sees no other invitation", async () => {
    const tenant = await verified();
    const a = tenant.company.company.id;
    const b = (await tenant.createCompany("Company B")).company.id;
    const { cookie } = await colleague(tenant.me.msp.id, "company_admin", [a]);
    const ask = (body: unknown) => call("POST", "/api/invitations", body, cookie);

    const to = address();
    expect((await ask({ email: to, role: "technician", company_ids: [a] })).status).toBe(201);
    for (const body of [
      { email: address(), role: "client", company_ids: [b] },
      { email: address(), role: "client", company_ids: [a, b] },
      { email: address(), role: "technician", company_ids: [] },
      { email: address(), role: "msp_admin", company_ids: [] },
    ])
      expect((await ask(body)).status).toBe(422);

    const theirs = await invite(tenant, { email: address(), role: "client", company_ids: [b] });
    const admins = await invite(tenant, { email: address(), role: "msp_admin" });
    const list = await call("GET", "/api/invitations", undefined, cookie);
    const { items } = await list.json<{ items: { email: string }[] }>();
    expect(items.map(({ email }) => email)).toEqual([to]);
    for (const { id } of [theirs, admins]) {
      expect((await call("DELETE", `/api/invitations/${id}`, undefined, cookie)).status).toBe(404);
      expect((await call("POST", `/api/invitations/${id}/resend`, undefined, cookie)).status).toBe(404);
    }
    expect((await (await tenant.api("/api/invitations")).json<{ items: unknown[] }>()).items.length).toBe(3);

    const joined = await accept(tokenOf(await mailTo(to)));
    const me = await joined.json<Me>();
    const row = await env.DB.prepare("SELECT employer_company_id FROM users WHERE id = ?1")
      .bind(me.user.id)
      .first();
    expect(row).toEqual({ employer_company_id: a });
  });

  it("stands above technicians and clients, who invite nobody", async () => {
    const tenant = await verified();
    const a = tenant.company.company.id;
    for (const role of ["technician", "client"] as const) {
      const { cookie } = await colleague(tenant.me.msp.id, role, [a]);
      const answer = await call(
        "POST",
        "/api/invitations",
        { email: address(), role: "client", company_ids: [a] },
        cookie,
      );
      expect(answer.status).toBe(403);
    }
  });
});
