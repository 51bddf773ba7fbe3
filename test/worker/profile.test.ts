import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { Contact } from "../../core/profile.ts";
import { call } from "../support/call.ts";
import { colleague } from "../support/colleague.ts";
import { freshTenant } from "../support/fresh-tenant.ts";
import { mailTo } from "../support/mailbox.ts";

const address = () => `${crypto.randomUUID()}@example.com`;
const actions = async (msp: string) => {
  const { results } = await env.DB.prepare(
    "SELECT action FROM audit_entries WHERE msp_id = ?1 ORDER BY at, id",
  )
    .bind(msp)
    .all<{ action: string }>();
  return results.map(({ action }) => action);
};

/** Somebody whose own address is confirmed. */
async function somebody() {
  const tenant = await freshTenant();
  const { cookie } = await colleague(tenant.me.msp.id, "technician", []);
  const api = (method: string, path: string, json?: unknown) => call(method, `/api/me${path}`, json, cookie);
  return { tenant, msp: tenant.me.msp.id, api };
}

const codeIn = (text: string) => /\b\d{6}\b/.exec(text)?.[0] ?? "";
const otherThan = (code: string) => (code === "000000" ? "000001" : "000000");

describe("a profile", () => {
  it("shows and changes name and time zone, in the session at once", async () => {
    const { msp, api } = await somebody();
    const answer = await api("PATCH", "/profile", { name: "Ada King", time_zone: "Europe/London" });
    expect(await answer.json()).toMatchObject({ name: "Ada King", time_zone: "Europe/London" });
    expect(await (await api("GET", "")).json()).toMatchObject({ user: { name: "Ada King" } });
    expect(await (await api("GET", "/profile")).json()).toMatchObject({ time_zone: "Europe/London" });
    expect(await actions(msp)).toContain("user.profile_changed");
    const wrong = await api("PATCH", "/profile", { name: " ", time_zone: "Mars/Olympus" });
    expect(wrong.status).toBe(422);
    const { fields } = await wrong.json<{ fields: object }>();
    expect(Object.keys(fields).sort()).toEqual(["name", "time_zone"]);
  });
});

describe("a contact", () => {
  it("counts once the code that was sent there came back", async () => {
    const { msp, api } = await somebody();
    const to = address();
    const added = await api("POST", "/contacts", { kind: "email", value: to });
    expect(added.status).toBe(201);
    const { id } = await added.json<Contact>();
    const code = codeIn((await mailTo(to, "contact_code")).text);
    const row = await env.DB.prepare("SELECT code_hash FROM contacts WHERE id = ?1").bind(id).first();
    expect(JSON.stringify(row)).not.toContain(code);
    const wrong = await api("POST", `/contacts/${id}/verify`, { code: otherThan(code) });
    expect(wrong.status).toBe(422);
    const right = await api("POST", `/contacts/${id}/verify`, { code });
    expect(await right.json()).toMatchObject({ value: to, verified_at: expect.any(String) });
    expect(await (await api("GET", "/contacts")).json()).toMatchObject({ items: [{ id, kind: "email" }] });
    expect((await api("POST", "/contacts", { kind: "email", value: to })).status).toBe(409);
    expect((await api("DELETE", `/contacts/${id}`)).status).toBe(204);
    expect(await (await api("GET", "/contacts")).json()).toMatchObject({ items: [] });
    const noted = await actions(msp);
    for (const action of ["contact.added", "contact.verified", "contact.removed"])
      expect(noted).toContain(action);
  });

  it("takes five tries at a code, also all at once, and a new one after a minute", async () => {
    const { api } = await somebody();
    const to = address();
    const add = () => api("POST", "/contacts", { kind: "email", value: to });
    const { id } = await (await add()).json<Contact>();
    const code = codeIn((await mailTo(to)).text);
    const tries = await Promise.all(
      Array.from({ length: 8 }, () => api("POST", `/contacts/${id}/verify`, { code: otherThan(code) })),
    );
    expect(tries.every(({ status }) => status === 422)).toBe(true);
    expect((await api("POST", `/contacts/${id}/verify`, { code })).status).toBe(422);
    expect((await add()).status).toBe(429);
    await env.DB.prepare("UPDATE contacts SET code_sent_at = code_sent_at - 61000 WHERE id = ?1")
      .bind(id)
      .run();
    await env.DB.prepare("UPDATE mails SET created_at = created_at - 61000 WHERE recipient = ?1")
      .bind(to)
      .run();
    expect((await add()).status).toBe(201);
    const fresh = codeIn((await mailTo(to)).text);
    expect((await api("POST", `/contacts/${id}/verify`, { code: fresh })).status).toBe(200);
  });

  it("is one's own: nobody else confirms or removes it", async () => {
    const { tenant, api } = await somebody();
    const to = address();
    const { id } = await (await api("POST", "/contacts", { kind: "email", value: to })).json<Contact>();
    const code = codeIn((await mailTo(to)).text);
    expect((await tenant.api(`/api/me/contacts/${id}`, { method: "DELETE" })).status).toBe(404);
    const foreign = await tenant.api(`/api/me/contacts/${id}/verify`, { method: "POST", json: { code } });
    expect(foreign.status).toBe(404);
  });

  it("mails nobody for an account whose own address is not confirmed", async () => {
    const tenant = await freshTenant();
    const answer = await tenant.api("/api/me/contacts", {
      method: "POST",
      json: { kind: "email", value: address() },
    });
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ error: "email_unverified" });
  });

  it("may be a phone number, which says that it cannot be confirmed yet", async () => {
    const { api } = await somebody();
    const added = await api("POST", "/contacts", { kind: "phone", value: "+49 (30) 123-4567" });
    expect(added.status).toBe(201);
    const phone = await added.json<Contact>();
    expect(phone).toMatchObject({ value: "+49301234567", verified_at: null, verifiable: false });
    expect((await api("POST", `/contacts/${phone.id}/verify`, { code: "123456" })).status).toBe(409);
    expect((await api("POST", "/contacts", { kind: "phone", value: "12" })).status).toBe(422);
  });
});

describe("the MSP's settings", () => {
  it("hold name, idle time-out and a brand whose contrast is told, and end idle sessions", async () => {
    const { tenant, msp, api } = await somebody();
    const settings = { name: "Renamed", idle_timeout_minutes: 5, brand: { color: "#FD0" } };
    const answer = await tenant.api("/api/msp/settings", { method: "PUT", json: settings });
    expect(answer.status).toBe(200);
    const saved = await answer.json();
    expect(saved).toMatchObject({
      name: "Renamed",
      idle_timeout_minutes: 5,
      brand: { color: "#ffdd00", contrast: { light: { fine: false }, dark: { fine: true } } },
    });
    expect(await (await tenant.api("/api/msp/settings")).json()).toEqual(saved);
    expect(await actions(msp)).toContain("msp.settings_changed");
    await env.DB.prepare("UPDATE sessions SET last_seen_at = last_seen_at - 361000 WHERE msp_id = ?1")
      .bind(msp)
      .run();
    expect((await api("GET", "")).status).toBe(401);
  });

  it("are the admins' alone, and refuse what makes no sense by field", async () => {
    const { tenant, msp } = await somebody();
    const { cookie } = await colleague(msp, "company_admin", [tenant.company.company.id]);
    expect((await call("GET", "/api/msp/settings", undefined, cookie)).status).toBe(403);
    const wrong = await tenant.api("/api/msp/settings", {
      method: "PUT",
      json: { name: "", idle_timeout_minutes: 1, brand: { color: "reddish" } },
    });
    expect(wrong.status).toBe(422);
    const { fields } = await wrong.json<{ fields: object }>();
    expect(Object.keys(fields).sort()).toEqual(["brand.color", "idle_timeout_minutes", "name"]);
  });
});
