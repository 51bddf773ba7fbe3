import { SELF } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { API } from "../support/addresses.ts";
import { call, cookiesOf } from "../support/call.ts";
import { colleague } from "../support/colleague.ts";
import { eventually } from "../support/eventually.ts";
import { freshTenant } from "../support/fresh-tenant.ts";
import { mailsTo, mailTo, tokenOf } from "../support/mailbox.ts";

const fresh = "another good 9 sentence";
const ask = (email: string) => call("POST", "/api/auth/reset", { email });
const confirm = (token: string, password = fresh) =>
  call("POST", "/api/auth/reset/confirm", { token, password });
const login = (email: string, password: string) => call("POST", "/api/auth/login", { email, password });

describe("a forgotten password", () => {
  it("is replaced through the mailed link, which ends every session", async () => {
    const tenant = await freshTenant();
    const other = cookiesOf(await login(tenant.email, tenant.password));
    expect((await ask(tenant.email.toUpperCase())).status).toBe(202);
    const mail = await mailTo(tenant.email, "password_reset");
    expect(mail.links[0]).toMatch(/^http:\/\/127\.0\.0\.1:8787\/reset\/confirm#token=/);
    expect((await confirm(tokenOf(mail))).status).toBe(204);

    for (const cookie of [tenant.cookie, other])
      expect((await call("GET", "/api/me", undefined, cookie)).status).toBe(401);
    expect((await login(tenant.email, tenant.password)).status).toBe(401);
    expect((await login(tenant.email, fresh)).status).toBe(200);
    const { results } = await env.DB.prepare("SELECT action FROM audit_entries WHERE msp_id = ?1")
      .bind(tenant.me.msp.id)
      .all<{ action: string }>();
    const actions = results.map(({ action }) => action);
    expect(actions).toEqual(expect.arrayContaining(["password.reset_requested", "password.reset"]));
  });

  it("takes a link once, for an hour, and a good password only", async () => {
    const tenant = await freshTenant();
    await ask(tenant.email);
    const token = tokenOf(await mailTo(tenant.email, "password_reset"));
    const weak = await confirm(token, "aaaaaaaaaa");
    expect(weak.status).toBe(422);
    expect(await weak.json()).toMatchObject({ fields: { password: expect.any(String) } });
    const both = await Promise.all([confirm(token), confirm(token)]);
    expect(both.map(({ status }) => status).sort()).toEqual([204, 422]);

    const slow = await freshTenant();
    await ask(slow.email);
    const late = tokenOf(await mailTo(slow.email, "password_reset"));
    await env.DB.prepare("UPDATE email_tokens SET expires_at = ?1 WHERE email = ?2")
      .bind(Date.now() - 1, slow.email)
      .run();
    expect((await confirm(late)).status).toBe(422);
    // The link that confirms an address sets no password.
    const verify = tokenOf(await mailTo(slow.email, "verify_email"));
    expect((await confirm(verify)).status).toBe(422);
  });

  it("answers alike whether or not there is an account, and mails nobody else", async () => {
    const tenant = await freshTenant();
    const nobody = `${crypto.randomUUID()}@example.com`;
    const [known, unknown] = [await ask(tenant.email), await ask(nobody)];
    expect([known.status, unknown.status]).toEqual([202, 202]);
    expect(await known.text()).toBe(await unknown.text());
    await mailTo(tenant.email, "password_reset");
    expect(await mailsTo(nobody)).toEqual([]);
  });

  it("fills nobody's inbox: at most one mail a minute", async () => {
    const tenant = await freshTenant();
    await ask(tenant.email);
    await mailTo(tenant.email, "password_reset");
    await ask(tenant.email);
    const later = await freshTenant();
    await ask(later.email);
    await mailTo(later.email, "password_reset");
    expect(await mailsTo(tenant.email, "password_reset")).toHaveLength(1);
  });

  it("opens an account again that wrong passwords have locked from here", async () => {
    const tenant = await freshTenant();
    const here = { origin: API, "cf-connecting-ip": "198.51.100.77", "content-type": "application/json" };
    const from = (path: string, body: unknown) =>
      SELF.fetch(`${API}${path}`, { method: "POST", headers: here, body: JSON.stringify(body) });
    const signIn = (password: string) => from("/api/auth/login", { email: tenant.email, password });
    let last = await signIn("wrong one");
    for (let i = 0; i < 20 && last.status === 401; i++) last = await signIn("wrong one");
    expect(last.status).toBe(429);
    await ask(tenant.email);
    const token = tokenOf(await mailTo(tenant.email, "password_reset"));
    expect((await from("/api/auth/reset/confirm", { token, password: fresh })).status).toBe(204);
    expect((await signIn(fresh)).status).toBe(200);
  });

  it("is of no use to somebody who was shut out", async () => {
    const tenant = await freshTenant();
    const { id } = await colleague(tenant.me.msp.id, "technician", []);
    const email = `${id}@example.com`;
    await ask(email);
    const token = tokenOf(await mailTo(email, "password_reset"));
    await tenant.api(`/api/people/${id}`, { method: "PATCH", json: { disabled: true } });
    expect((await confirm(token)).status).toBe(422);
    await eventually(async () => expect((await login(email, fresh)).status).toBe(401));
  });
});
