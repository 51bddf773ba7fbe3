import { runInDurableObject, SELF } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { CompanyDetail } from "../../core/company.ts";
import type { CompanyIntake, Rejection } from "../../core/rejection.ts";
import { issueKey } from "../../worker/keys.ts";
import { API } from "../support/addresses.ts";
import { colleague } from "../support/colleague.ts";
import { eventually } from "../support/eventually.ts";
import { freshTenant, type TestTenant } from "../support/fresh-tenant.ts";
import { payload, read } from "../support/payloads.ts";
import { type DeliveryOptions, signatureOf, signedRequest, type WebhookKeys } from "../support/signing.ts";

let tenant: TestTenant;
let id: string;
beforeEach(async () => {
  tenant = await freshTenant();
  id = tenant.company.company.id;
});

const seconds = () => Math.floor(Date.now() / 1000);
const object = () => env.COMPANY.get(env.COMPANY.idFromName(id));
const as = async (keys: Partial<WebhookKeys>, options: DeliveryOptions = {}, body: unknown = payload()) =>
  (await read(SELF.fetch(await signedRequest({ ...tenant.company, ...keys }, body, options)))).code;
const list = async () =>
  (await (await tenant.api(`/api/companies/${id}/rejections`)).json<{ items: Rejection[] }>()).items;
/** The newest rejections, once there are that many. */
const rejected = (count: number) =>
  eventually(async () => {
    const items = await list();
    expect(items).toHaveLength(count);
    return items;
  });

describe("a refused delivery is shown with its reason:", () => {
  it("a clock that is off, by how much, and that the signature is right", async () => {
    expect(
      await as({}, { timestamp: seconds() - 4000, headers: { "cf-connecting-ip": "203.0.113.7" } }),
    ).toBe(401);
    const [item] = await rejected(1);
    expect(item).toMatchObject({
      reason: "invalid_timestamp",
      tool: "alerts",
      source_ip: "203.0.113.7",
      count: 1,
    });
    expect(item?.clock_skew_seconds).toBeLessThanOrEqual(-4000);
    expect(item?.clock_skew_seconds).toBeGreaterThan(-4005);
    expect(item?.detail).toContain("The signature itself is right");
  });

  it("milliseconds where seconds belong", async () => {
    expect(await as({}, { timestamp: Date.now() })).toBe(401);
    const [item] = await rejected(1);
    expect(Math.abs(item?.clock_skew_seconds ?? 99)).toBeLessThan(5);
    expect(item?.detail).toContain("The signature itself is right");
  });

  it("a signature of a secret that has ended, of the body alone, of another time, of nothing known", async () => {
    for (let i = 0; i < 2; i++) await tenant.api(`/api/companies/${id}/hmac`, { method: "POST" });
    expect(await as({})).toBe(401);
    expect((await rejected(1))[0]?.detail).toContain("made with a secret that has ended");

    const { hmac_secret } = await (await tenant.api(`/api/companies/${id}/hmac`, { method: "POST" })).json<{
      hmac_secret: string;
    }>();
    const body = new TextEncoder().encode(JSON.stringify(payload()));
    const key = await crypto.subtle.importKey(
      "raw",
      new TextEncoder().encode(hmac_secret),
      { name: "HMAC", hash: "SHA-256" },
      false,
      ["sign"],
    );
    const alone = Buffer.from(await crypto.subtle.sign("HMAC", key, body)).toString("hex");
    const sent = (signature: string) =>
      as({ hmac_secret }, { headers: { "x-signature": `sha256=${signature}` } }, body);
    expect(await sent(alone)).toBe(401);
    expect((await rejected(2))[0]?.detail).toContain("over the body alone");
    expect(await sent(await signatureOf(hmac_secret, seconds() + 2, body))).toBe(401);
    expect((await rejected(3))[0]?.detail).toMatch(/made with the time \d+, but X-Timestamp says \d+/);
    expect(await sent("0".repeat(64))).toBe(401);
    expect((await rejected(4))[0]?.detail).toContain("No secret of this company made it");
  });

  it("a key that was revoked, one that ended, one that was never issued", async () => {
    const [old] = (await (await tenant.api(`/api/companies/${id}`)).json<CompanyDetail>()).api_keys;
    await tenant.api(`/api/companies/${id}/api-keys`, { method: "POST", json: { overlap_hours: 0 } });
    expect(await as({})).toBe(401);
    expect((await rejected(1))[0]).toMatchObject({ reason: "invalid_api_key" });
    expect((await list())[0]?.detail).toMatch(new RegExp(`^The key ${old?.id} ended at `));
    await tenant.api(`/api/companies/${id}/api-keys/${old?.id}`, { method: "DELETE" });
    expect(await as({})).toBe(401);
    expect((await rejected(2))[0]?.detail).toMatch(new RegExp(`^The key ${old?.id} was revoked at `));
    const { key } = await issueKey(env, id);
    expect(await as({ api_key: key })).toBe(401);
    expect((await rejected(3))[0]?.detail).toBe("The API key is missing, unknown or revoked.");
  });

  it("a body that cannot be understood, field by field, and one that is too large", async () => {
    expect(await as({}, {}, payload({ asset_name: undefined, severity: 5, message: ["x"] }))).toBe(422);
    const [item] = await rejected(1);
    expect(item?.reason).toBe("validation_failed");
    expect(item?.detail).toContain("asset_name: ");
    expect(await as({}, {}, " ".repeat(1024 * 1024 + 1))).toBe(413);
    expect((await rejected(2))[0]?.reason).toBe("payload_too_large");
  });
});

it("a forged key touches nothing", async () => {
  const { api_key } = tenant.company;
  const forged = `${api_key.slice(0, -1)}${api_key.endsWith("0") ? "1" : "0"}`;
  const reported = vi.spyOn(env.COMPANY, "get");
  expect(await as({ api_key: forged })).toBe(401);
  expect(await as({ api_key: forged }, {}, " ".repeat(1024 * 1024 + 1))).toBe(413);
  expect(reported).not.toHaveBeenCalled();
  reported.mockRestore();
  expect(await as({}, {}, "no JSON")).toBe(400);
  expect(await rejected(1)).toMatchObject([{ reason: "invalid_json" }]);
});

it("a flood is one report a second, counted; the newest fifty stay, through a crash", async () => {
  for (let i = 0; i < 60; i++) expect(await as({}, { unsigned: true }, "no JSON")).toBe(401);
  await eventually(async () => {
    const items = await list();
    expect(items.reduce((sum, item) => sum + item.count, 0)).toBe(60);
    // Each report is one row and one item for what is alike in it.
    expect(items.length).toBeLessThan(15);
  });
  await runInDurableObject(object(), async (instance) => {
    const company = instance as unknown as { reportRejections(items: object[]): Promise<void> };
    const item = {
      reason: "invalid_json",
      tool: "alerts",
      detail: "x".repeat(5000),
      source_ip: null,
      at: Date.now(),
    };
    for (let i = 0; i < 70; i++) await company.reportRejections([{ ...item, count: 1 }]);
  });
  const before = await list();
  expect(before).toHaveLength(50);
  expect(before[0]?.detail.length).toBeLessThanOrEqual(600);
  await runInDurableObject(object(), (_, state) => state.abort("crash")).catch(() => undefined);
  expect(await list()).toEqual(before);
});

it("is pushed to whoever watches, and says that alerts arrive", async () => {
  const intake = async () => (await tenant.api(`/api/companies/${id}/intake`)).json<CompanyIntake>();
  expect(await intake()).toEqual({
    first_alert_at: null,
    last_alert_at: null,
    alerts_24h: 0,
    last_rejection_at: null,
  });
  await as({}, {}, "no JSON");
  await rejected(1);
  const ring = await runInDurableObject(
    env.MSP_HUB.get(env.MSP_HUB.idFromName(tenant.me.msp.id)),
    (_, state) => JSON.stringify(state.storage.sql.exec("SELECT frames FROM ring").toArray()),
  );
  expect(ring).toContain("delivery_rejected");
  const began = Date.now();
  expect(await as({})).toBe(202);
  expect(await as({}, {}, payload({ asset_name: "web-02" }))).toBe(202);
  const now = await intake();
  expect(now).toMatchObject({ alerts_24h: 2, last_rejection_at: (await list())[0]?.at });
  expect(Date.parse(now.first_alert_at ?? "")).toBeGreaterThanOrEqual(began);
  expect(now.last_alert_at && now.first_alert_at && now.last_alert_at >= now.first_alert_at).toBe(true);
});

it("is for the company's own staff", async () => {
  const other = await tenant.createCompany("Other");
  const stranger = await colleague(tenant.me.msp.id, "technician", [other.company.id]);
  const client = await colleague(tenant.me.msp.id, "client", [id]);
  for (const what of ["rejections", "intake"]) {
    const as = async (cookie: string) =>
      (await SELF.fetch(`${API}/api/companies/${id}/${what}`, { headers: { cookie } })).status;
    expect([await as(stranger.cookie), await as(client.cookie)], what).toEqual([404, 403]);
  }
});
