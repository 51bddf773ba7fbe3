import { runInDurableObject, SELF } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "../../core/actor.ts";
import type { CompanyCreated, CompanyDetail } from "../../core/company.ts";
import { UNSIGNED_TOOLS } from "../../core/settings.ts";
import { readRecord } from "../../durable-objects/company-record.ts";
import { companyStub } from "../../worker/company-stub.ts";
import { freshTenant, type TestTenant } from "../support/fresh-tenant.ts";
import { payload, read } from "../support/payloads.ts";
import { signedRequest, type WebhookKeys } from "../support/signing.ts";
import { moveClock } from "../support/wall-clock.ts";

const HOUR = 3_600_000;

let time: ReturnType<typeof moveClock>;
let tenant: TestTenant;
let path: string;
beforeEach(async () => {
  time = moveClock();
  tenant = await freshTenant();
  path = `/api/companies/${tenant.company.company.id}`;
});
afterEach(() => time.restore());

const detail = async () => (await tenant.api(path)).json<CompanyDetail>();
const put = (group: string, json: unknown, headers: Record<string, string> = {}) =>
  tenant.api(`${path}/${group}`, { method: "PUT", json, headers });
const send = async (keys: WebhookKeys) =>
  (await read(SELF.fetch(await signedRequest(keys, payload({ asset_name: crypto.randomUUID() }))))).code;
const issue = async (json: unknown = {}) => {
  const answer = await tenant.api(`${path}/api-keys`, { method: "POST", json });
  expect(answer.status).toBe(201);
  return answer.json<{ id: string; api_key: string }>();
};

describe("a new company", () => {
  const create = (json: unknown) => tenant.api("/api/companies", { method: "POST", json });
  const wizard = {
    name: "Contoso",
    time_zone: "Europe/Berlin",
    hmac_required: false,
    ip_allowlist: ["192.0.2.0/24", "2001:db8::/32"],
    rate_limit: { requests_per_minute: 120, burst: 200 },
    correlation: { strategy: "asset", window_minutes: 5 },
    brand: { color: "#0A5F38", name: "Contoso IT" },
    retention: { alerts_days: 30, incidents_days: 365 },
    critical_assets: ["db-01"],
  };

  it("takes everything of the wizard in one call", async () => {
    const made = await create(wizard);
    expect(made.status).toBe(201);
    const { company, api_key, hmac_secret } = await made.json<CompanyCreated>();
    const own = `/api/companies/${company.id}`;
    expect(await (await tenant.api(own)).json()).toMatchObject({
      name: "Contoso",
      time_zone: "Europe/Berlin",
      security: {
        hmac_required: false,
        ip_allowlist: wizard.ip_allowlist,
        unsigned_tools: [...UNSIGNED_TOOLS],
      },
      rate_limit: wizard.rate_limit,
      correlation: { strategy: "asset", window_minutes: 5, resolve_delay_minutes: 3 },
      retention: wizard.retention,
      critical_assets: ["db-01"],
    });
    expect(await (await tenant.api(`${own}/branding`)).json()).toMatchObject({
      color: "#0a5f38",
      name: "Contoso IT",
      logo_url: null,
      contrast: { light: { fine: true }, dark: { fine: false } },
      effective: { color: "#0a5f38", name: "Contoso IT" },
    });
    const from = async (address: string) => {
      const request = await signedRequest({ api_key, hmac_secret }, payload(), { unsigned: true });
      request.headers.set("cf-connecting-ip", address);
      return (await SELF.fetch(request)).status;
    };
    expect([await from("192.0.2.9"), await from("198.51.100.1")]).toEqual([202, 403]);
    const audit = await (
      await tenant.api(`/api/audit?company_id=${company.id}&action=company.created`)
    ).json<{
      items: { target: { name: string }; after: object }[];
    }>();
    expect(audit.items).toMatchObject([
      { target: { name: "Contoso" }, after: { retention: wizard.retention } },
    ]);
    expect(JSON.stringify(audit)).not.toContain(hmac_secret);
  });

  it("says which field is wrong, wherever in the wizard it lies, and makes nothing", async () => {
    const answer = await create({
      ...wizard,
      name: " ",
      time_zone: "Mars/Olympus",
      ip_allowlist: ["192.0.2.1", "not one"],
      rate_limit: { requests_per_minute: 0, burst: 1 },
      correlation: { window_minutes: "x" },
      brand: { color: "green" },
      retention: { alerts_days: 401, incidents_days: 1 },
    });
    expect(answer.status).toBe(422);
    const { fields } = await answer.json<{ fields: Record<string, string> }>();
    expect(Object.keys(fields).sort()).toEqual([
      "brand.color",
      "correlation.window_minutes",
      "ip_allowlist.1",
      "name",
      "rate_limit.requests_per_minute",
      "retention.alerts_days",
      "time_zone",
    ]);
    const { items } = await (await tenant.api("/api/companies")).json<{ items: unknown[] }>();
    expect(items).toHaveLength(1);
  });
});

describe("keys", () => {
  it("of before go on for a day, and are refused from then on", async () => {
    const next = await issue();
    const keys = (await detail()).api_keys;
    expect(keys).toHaveLength(2);
    expect(Date.parse(keys[0]?.expires_at ?? "") - Date.now()).toBe(24 * HOUR);
    expect(keys[1]).toMatchObject({ id: next.id, expires_at: null, revoked_at: null, last_used_at: null });
    const renewed = { ...tenant.company, api_key: next.api_key };
    expect([await send(tenant.company), await send(renewed)]).toEqual([202, 202]);
    expect((await detail()).api_keys[1]?.last_used_at).toBe(new Date(Date.now()).toISOString());
    time.forward(24 * HOUR - 1000);
    expect(await send(tenant.company)).toBe(202);
    time.forward(1000);
    expect([await send(tenant.company), await send(renewed)]).toEqual([401, 202]);
  });

  it("of before end at once where no overlap is asked for, or after the hours that are", async () => {
    const second = { ...tenant.company, api_key: (await issue({ overlap_hours: 0 })).api_key };
    expect([await send(tenant.company), await send(second)]).toEqual([401, 202]);
    const third = { ...tenant.company, api_key: (await issue({ overlap_hours: 2 })).api_key };
    time.forward(HOUR);
    // A longer overlap later gives no key more time than it was left.
    await issue({ overlap_hours: 48 });
    time.forward(HOUR + 1);
    expect([await send(second), await send(third)]).toEqual([401, 202]);
    expect(
      (await tenant.api(`${path}/api-keys`, { method: "POST", json: { overlap_hours: -1 } })).status,
    ).toBe(422);
  });

  it("are limited in number", async () => {
    for (let i = 0; i < 19; i++) await issue();
    expect((await tenant.api(`${path}/api-keys`, { method: "POST", json: {} })).status).toBe(409);
  });

  it("and secrets are shown by their times alone", async () => {
    await tenant.api(`${path}/hmac`, { method: "POST" });
    const { secrets } = await detail();
    expect(secrets).toEqual([
      { created_at: new Date(Date.now()).toISOString(), expires_at: null },
      { created_at: expect.any(String), expires_at: new Date(Date.now() + 24 * HOUR).toISOString() },
    ]);
    time.forward(25 * HOUR);
    const { user, msp } = tenant.me;
    const actor: Actor = { user_id: user.id, name: "", msp_id: msp.id, role: "msp_admin", companies: "all" };
    const later = await companyStub(env, tenant.company.company.id).state(actor);
    expect(later.ok && later.value.secrets).toHaveLength(1);
  });
});

describe("settings", () => {
  const groups: Record<string, [good: object, bad: object, field: string]> = {
    correlation: [{ strategy: "signature", window_minutes: 10 }, { window_minutes: 0 }, "window_minutes"],
    "rate-limit": [{ requests_per_minute: 7, burst: 9 }, { requests_per_minute: -1 }, "requests_per_minute"],
    security: [
      { hmac_required: false, ip_allowlist: ["::1"] },
      { ip_allowlist: ["1.2.3.4/33"] },
      "ip_allowlist.0",
    ],
    retention: [
      { alerts_days: 1, incidents_days: 1200 },
      { alerts_days: 0, incidents_days: 1 },
      "alerts_days",
    ],
    branding: [{ color: "#ff0000", name: null }, { color: "#ff00" }, "color"],
  };

  for (const [group, [good, bad, field]] of Object.entries(groups)) {
    it(`${group}: saved, checked, and kept from being overwritten unseen`, async () => {
      const first = await tenant.api(`${path}/${group}`);
      const etag = first.headers.get("etag") ?? "";
      expect(etag).toMatch(/^"[0-9a-f]{16}"$/);
      const saved = await put(group, good, { "if-match": etag });
      expect(saved.status).toBe(200);
      const newer = saved.headers.get("etag") ?? "";
      expect(newer).not.toBe(etag);
      const now = await tenant.api(`${path}/${group}`);
      expect(now.headers.get("etag")).toBe(newer);
      expect(await now.json()).toMatchObject(good);
      // Somebody who still looks at the first state.
      const stale = await put(group, good, { "if-match": etag });
      expect(stale.status).toBe(412);
      expect(await stale.json()).toMatchObject({ error: "precondition_failed", current: good });
      expect((await put(group, good, { "if-match": newer })).status).toBe(200);
      expect((await put(group, good, { "if-match": "*" })).status).toBe(200);
      const wrong = await put(group, bad);
      expect([wrong.status, Object.keys((await wrong.json<{ fields: object }>()).fields)]).toEqual([
        422,
        [field],
      ]);
    });
  }
});

it("a record of an older version gets what it lacks", async () => {
  const id = tenant.company.company.id;
  const object = env.COMPANY.get(env.COMPANY.idFromName(id));
  const stored = await runInDurableObject(
    object,
    (_, state) =>
      state.storage.sql.exec<{ value: string }>("SELECT value FROM meta WHERE key = 'company'").one().value,
  );
  const old = JSON.parse(stored) as Record<string, unknown>;
  for (const name of ["branding", "retention", "closed_at"]) delete old[name];
  old.keys = [{ id: "key_1", hash: "h", created_at: 5, revoked_at: null }];
  old.secrets = [{ sealed: "s", expires_at: null }];
  expect(readRecord(JSON.stringify(old))).toMatchObject({
    company_id: id,
    branding: { color: null, name: null, logo: null },
    retention: { alerts_days: 90, incidents_days: 400 },
    closed_at: null,
    keys: [{ id: "key_1", expires_at: null }],
    secrets: [{ created_at: 5, expires_at: null }],
  });
});
