import { SELF } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { type CompanyDetail, companyDetailSchema } from "../../core/company.ts";
import { API } from "../support/addresses.ts";
import { freshTenant } from "../support/fresh-tenant.ts";

describe("a company", () => {
  it("is created with a key, a secret and an address that are shown once", async () => {
    const tenant = await freshTenant();
    const { company, api_key, hmac_secret, webhook_url } = tenant.company;
    expect(webhook_url).toBe(`${API}/api/webhooks/alerts?api_key=${api_key}`);
    expect(company).toMatchObject({
      name: "Test Company",
      time_zone: "UTC",
      open_incidents: 0,
      alerts_24h: 0,
    });
    const answers = await Promise.all(
      ["", "/security", "/correlation", "/rate-limit"].map((path) =>
        tenant.api(`/api/companies/${company.id}${path}`),
      ),
    );
    const detail = companyDetailSchema.parse(await answers[0]!.clone().json());
    expect(detail.webhook_url).toBe(`${API}/api/webhooks/alerts`);
    expect(detail.api_keys).toHaveLength(1);
    for (const answer of answers) {
      expect(answer.status).toBe(200);
      const text = await answer.text();
      expect(text).not.toContain(api_key);
      expect(text).not.toContain(hmac_secret);
    }
    const dump = JSON.stringify((await env.DB.prepare("SELECT * FROM companies").all()).results);
    expect(dump).not.toContain(api_key);
  });

  it("is refused with the field that is wrong", async () => {
    const tenant = await freshTenant();
    const answer = await tenant.api("/api/companies", {
      method: "POST",
      json: { name: " ", time_zone: "Mars/Olympus" },
    });
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({
      fields: { name: expect.any(String), time_zone: expect.any(String) },
    });
  });

  it("is listed by name, page by page, and found by any part of it", async () => {
    const tenant = await freshTenant();
    const names = ["100% Öl", "alpha", "Beta", "gamma_x", "Zulu"];
    for (const name of names) await tenant.createCompany(name);
    const listed: string[] = [];
    let cursor: string | null = null;
    do {
      const at: string = cursor ? `&cursor=${cursor}` : "";
      const page = await (await tenant.api(`/api/companies?limit=2${at}`)).json<{
        items: { name: string }[];
        next_cursor: string | null;
      }>();
      listed.push(...page.items.map((one) => one.name));
      cursor = page.next_cursor;
    } while (cursor);
    expect(listed).toEqual(["100% Öl", "alpha", "Beta", "gamma_x", "Test Company", "Zulu"]);
    const search = async (q: string) => {
      const answer = await tenant.api(`/api/companies?q=${encodeURIComponent(q)}`);
      return (await answer.json<{ items: { name: string }[] }>()).items.map((one) => one.name);
    };
    expect(await search("ET")).toEqual(["Beta"]);
    expect(await search("0% ö")).toEqual([]);
    expect(await search("0% Ö")).toEqual(["100% Öl"]);
    expect(await search("a_x")).toEqual(["gamma_x"]);
    expect(await search("x".repeat(40))).toEqual([]);
    expect(await search("ü".repeat(40))).toEqual([]);
  });

  it("changes name, zone and critical assets", async () => {
    const tenant = await freshTenant();
    const path = `/api/companies/${tenant.company.company.id}`;
    const change = { name: "Renamed", time_zone: "Europe/Berlin", critical_assets: ["db-1"] };
    const answer = await tenant.api(path, { method: "PATCH", json: change });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject(change);
    const list = await (await tenant.api("/api/companies")).json<{ items: unknown[] }>();
    expect(list.items).toMatchObject([{ name: "Renamed", time_zone: "Europe/Berlin" }]);
  });
});

describe("settings", () => {
  it("are read as saved, and refused field by field", async () => {
    const tenant = await freshTenant();
    const path = `/api/companies/${tenant.company.company.id}`;
    const put = (name: string, json: unknown) => tenant.api(`${path}/${name}`, { method: "PUT", json });

    const correlation = {
      strategy: "asset",
      window_minutes: 0.5,
      resolve_delay_minutes: 0,
      reopen_minutes: 1,
    };
    expect((await put("correlation", correlation)).status).toBe(200);
    expect(await (await tenant.api(`${path}/correlation`)).json()).toMatchObject(correlation);
    expect((await put("correlation", { ...correlation, window_minutes: -1 })).status).toBe(422);

    expect((await put("rate-limit", { requests_per_minute: 600, burst: 10 })).status).toBe(200);
    const most = Number(env.RATE_LIMIT_MAX);
    const over = await put("rate-limit", { requests_per_minute: most + 1, burst: 10 });
    expect(over.status).toBe(422);
    expect(await over.json()).toMatchObject({ fields: { requests_per_minute: expect.any(String) } });

    const ip_allowlist = ["192.0.2.0/24", "2001:db8::1"];
    expect((await put("security", { hmac_required: false, ip_allowlist })).status).toBe(200);
    expect(await (await tenant.api(`${path}/security`)).json()).toMatchObject({
      hmac_required: false,
      ip_allowlist,
    });
    const broken = await put("security", {
      hmac_required: true,
      ip_allowlist: ["10.0.0.0/8", "10.0.0.0/99"],
    });
    expect(broken.status).toBe(422);
    expect(await broken.json()).toMatchObject({ fields: { "ip_allowlist.1": expect.any(String) } });
  });
});

describe("keys and secrets", () => {
  it("rotate: another key works, a revoked one does not", async () => {
    const tenant = await freshTenant();
    const { company } = tenant.company;
    const path = `/api/companies/${company.id}`;
    const issued = await tenant.api(`${path}/api-keys`, { method: "POST" });
    expect(issued.status).toBe(201);
    const { id, api_key, webhook_url } =
      await issued.json<Record<"id" | "api_key" | "webhook_url", string>>();
    expect(webhook_url).toContain(api_key);
    const detail = async () => (await tenant.api(path)).json<CompanyDetail>();
    expect((await detail()).api_keys.map((key) => key.id)).toContain(id);

    const first = (await detail()).api_keys.find((key) => key.id !== id)!;
    expect((await tenant.api(`${path}/api-keys/${first.id}`, { method: "DELETE" })).status).toBe(204);
    const old = await tenant.company.post({
      asset_name: "a",
      signature: "s",
      severity: "low",
      message: "",
      tool_source: "t",
    });
    expect(old.status).toBe(401);
    expect((await tenant.api(`${path}/api-keys/key_nope`, { method: "DELETE" })).status).toBe(404);
  });

  it("make a new signing secret, once visible", async () => {
    const tenant = await freshTenant();
    const answer = await tenant.api(`/api/companies/${tenant.company.company.id}/hmac`, { method: "POST" });
    expect(answer.status).toBe(201);
    const { hmac_secret } = await answer.json<{ hmac_secret: string }>();
    expect(hmac_secret).not.toBe(tenant.company.hmac_secret);
  });

  it("send a test alert the way of every alert", async () => {
    const tenant = await freshTenant();
    const answer = await tenant.api(`/api/companies/${tenant.company.company.id}/test-alert`, {
      method: "POST",
    });
    expect(answer.status).toBe(202);
    const { alert_id } = await answer.json<{ alert_id: string }>();
    expect(await (await tenant.api(`/api/alerts/${alert_id}`)).json()).toMatchObject({
      signature: "test_alert",
    });
  });
});

it("answers an unknown path, a wrong method and no session exactly", async () => {
  const nowhere = await SELF.fetch(`${API}/api/nowhere`);
  expect([nowhere.status, (await nowhere.json<{ error: string }>()).error]).toEqual([404, "not_found"]);
  const wrong = await SELF.fetch(`${API}/api/me`, { method: "DELETE" });
  expect([wrong.status, wrong.headers.get("allow")]).toEqual([405, "GET"]);
  expect(await wrong.json()).toMatchObject({ error: "method_not_allowed" });
  const nobody = await SELF.fetch(`${API}/api/companies`);
  expect([nobody.status, (await nobody.json<{ error: string }>()).error]).toEqual([401, "unauthenticated"]);
});
