import { listDurableObjectIds, runInDurableObject, SELF } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CompanyDetail } from "../../core/company.ts";
import { issueKey } from "../../worker/keys.ts";
import { newId } from "../../worker/new-id.ts";
import { ingest } from "../../worker/webhooks/ingest.ts";
import { freshTenant, type TestTenant } from "../support/fresh-tenant.ts";
import { notification, payload, read } from "../support/payloads.ts";
import { type DeliveryOptions, signedRequest, type WebhookKeys } from "../support/signing.ts";
import { moveClock } from "../support/wall-clock.ts";

const SECOND = 1000;
const DAY = 86_400 * SECOND;

let tenant: TestTenant;
let path: string;
let time: ReturnType<typeof moveClock>;
let n = 0;
beforeEach(async () => {
  tenant = await freshTenant();
  path = `/api/companies/${tenant.company.company.id}`;
  time = moveClock();
});
afterEach(() => time.restore());

/** Each body is another one, so that nothing here is a duplicate. */
const fresh = () => payload({ message: `message ${++n}` });
const now = () => Math.floor(Date.now() / 1000);
const as = async (keys: Partial<WebhookKeys>, options: DeliveryOptions = {}, body: unknown = fresh()) =>
  read(
    SELF.fetch(await signedRequest({ ...tenant.company, ...keys }, body, { timestamp: now(), ...options })),
  );
const send = (options?: DeliveryOptions, body?: unknown) => as({}, options, body);
const refused = (code: number, error: string) => ({ code, body: { error, detail: expect.any(String) } });
const taken = { code: 202, body: { status: "received" } };

async function set(security: Record<string, unknown>): Promise<void> {
  const current = await (await tenant.api(`${path}/security`)).json<Record<string, unknown>>();
  const saved = await tenant.api(`${path}/security`, { method: "PUT", json: { ...current, ...security } });
  expect(saved.status).toBe(200);
  // Refusals look for a newer policy once a second at most.
  time.forward(1001);
}

describe("a key", () => {
  it("that is none, or not ours, is 401, and no object is so much as named", async () => {
    const { key } = await issueKey(
      { API_KEY_SECRET: Buffer.alloc(32, "other").toString("base64") },
      newId("co"),
    );
    const mine = tenant.company.api_key;
    const flipped = mine.slice(0, -1) + (mine.endsWith("0") ? "1" : "0");
    const other = `aw_${newId("co").slice(3)}${mine.slice(19)}`;
    const before = (await listDurableObjectIds(env.COMPANY)).length;
    const untouchable = new Proxy(env.COMPANY, {
      get() {
        throw new Error("an object was touched");
      },
    });
    const ctx = { waitUntil() {}, passThroughOnException() {}, props: {} } as unknown as ExecutionContext;
    for (const api_key of [
      "",
      "x",
      "aw_",
      key,
      flipped,
      other,
      mine.toUpperCase(),
      `${mine} `,
      `${mine}\u0000`,
    ]) {
      const request = await signedRequest({ ...tenant.company, api_key }, fresh());
      const answer = await read(ingest(request, { ...env, COMPANY: untouchable }, ctx, "alerts"));
      expect(answer, api_key).toMatchObject(refused(401, "invalid_api_key"));
      expect(await as({ api_key }), api_key).toMatchObject(refused(401, "invalid_api_key"));
    }
    expect((await listDurableObjectIds(env.COMPANY)).length).toBe(before);
    expect(await send()).toMatchObject(taken);
  });

  it("of a company that was never made is 401, and its object stays empty", async () => {
    const id = newId("co");
    const { key } = await issueKey(env, id);
    expect(await as({ api_key: key })).toMatchObject(refused(401, "invalid_api_key"));
    expect(await as({ api_key: key }, { unsigned: true, route: "alertmanager" })).toMatchObject(
      refused(401, "invalid_api_key"),
    );
    const stub = env.COMPANY.get(env.COMPANY.idFromName(id));
    const tables = await runInDurableObject(stub, (_, state) =>
      state.storage.sql.exec("SELECT name FROM sqlite_master WHERE name NOT LIKE '_cf%'").toArray(),
    );
    expect(tables).toEqual([]);
  });

  it("that its company never issued is 401, though the service made it", async () => {
    const { key } = await issueKey(env, tenant.company.company.id);
    expect(await as({ api_key: key })).toMatchObject(refused(401, "invalid_api_key"));
    expect(await send()).toMatchObject(taken);
  });

  it("is refused from the moment it is revoked; the new one is taken", async () => {
    expect(await send()).toMatchObject(taken);
    const old = (await (await tenant.api(path)).json<CompanyDetail>()).api_keys[0]!;
    const issued = await (await tenant.api(`${path}/api-keys`, { method: "POST" })).json<{
      api_key: string;
    }>();
    expect(await as({ api_key: issued.api_key })).toMatchObject(taken);
    expect(await send()).toMatchObject(taken);
    await tenant.api(`${path}/api-keys/${old.id}`, { method: "DELETE" });
    expect(await send()).toMatchObject(refused(401, "invalid_api_key"));
    expect(await as({ api_key: issued.api_key })).toMatchObject(taken);
  });

  it("does not open another company", async () => {
    const other = await tenant.createCompany("Other");
    expect(await as({ api_key: other.api_key })).toMatchObject(refused(401, "invalid_signature"));
  });
});

describe("a signature", () => {
  it("that is missing, malformed or wrong is 401", async () => {
    const zeros = `sha256=${"0".repeat(64)}`;
    expect(await send({ unsigned: true })).toMatchObject(refused(401, "invalid_signature"));
    for (const bad of [zeros, "sha256=", "0".repeat(64), "sha1=abc", `${zeros}00`, ""])
      expect(await send({ headers: { "x-signature": bad } }), bad).toMatchObject(
        refused(401, "invalid_signature"),
      );
    expect(await as({ hmac_secret: "whs_other" })).toMatchObject(refused(401, "invalid_signature"));
    expect(await send()).toMatchObject(taken);
  });

  it("is over the very bytes and the time", async () => {
    const request = await signedRequest(tenant.company, fresh());
    const changed = new Request(request.url, {
      method: "POST",
      headers: request.headers,
      body: JSON.stringify(fresh()),
    });
    expect(await read(SELF.fetch(changed))).toMatchObject(refused(401, "invalid_signature"));
    const moved = await signedRequest(tenant.company, fresh());
    moved.headers.set("x-timestamp", String(now() - 1));
    expect(await read(SELF.fetch(moved))).toMatchObject(refused(401, "invalid_signature"));
  });

  it("with a stale, future or unreadable time is 401, and says by how much the clock is off", async () => {
    for (const [off, text] of [
      [-301, "301 seconds in the past"],
      [-86_400, "86400 seconds in the past"],
      [301, "301 seconds in the future"],
    ] as const) {
      const answer = await send({ timestamp: now() + off });
      expect(answer).toMatchObject(refused(401, "invalid_timestamp"));
      expect(answer.body.detail).toContain(text);
    }
    for (const stamp of ["", "soon", "-5", "1e9", new Date().toISOString()])
      expect(await send({ headers: { "x-timestamp": stamp } }), stamp).toMatchObject(
        refused(401, "invalid_timestamp"),
      );
    expect(await send({ timestamp: now() - 300 })).toMatchObject(taken);
    expect(await send({ timestamp: now() + 300 })).toMatchObject(taken);
  });

  it("may be made with the old and the new secret for a day", async () => {
    expect(await send()).toMatchObject(taken);
    const { hmac_secret } = await (await tenant.api(`${path}/hmac`, { method: "POST" })).json<{
      hmac_secret: string;
    }>();
    time.forward(1001);
    expect(await as({ hmac_secret })).toMatchObject(taken);
    expect(await send()).toMatchObject(taken);
    time.forward(DAY - 5 * SECOND);
    expect(await send()).toMatchObject(taken);
    time.forward(10 * SECOND);
    expect(await send()).toMatchObject(refused(401, "invalid_signature"));
    expect(await as({ hmac_secret })).toMatchObject(taken);
  });

  it("is asked for, or not, from the moment the setting changes", async () => {
    expect(await send()).toMatchObject(taken);
    await set({ hmac_required: false });
    expect(await send({ unsigned: true })).toMatchObject(taken);
    expect(await as({ hmac_secret: "whs_wrong" })).toMatchObject(refused(401, "invalid_signature"));
    await set({ hmac_required: true });
    expect(await send({ unsigned: true })).toMatchObject(refused(401, "invalid_signature"));
  });

  it("is not asked of Alertmanager, but checked where it is there", async () => {
    const am = (options: DeliveryOptions) => send({ ...options, route: "alertmanager" }, notification([{}]));
    expect(await am({ unsigned: true })).toMatchObject(taken);
    expect(await am({})).toMatchObject({ code: expect.any(Number), body: { status: "received" } });
    expect(await am({ headers: { "x-signature": `sha256=${"0".repeat(64)}` } })).toMatchObject(
      refused(401, "invalid_signature"),
    );
    await set({ unsigned_tools: [] });
    expect(await am({ unsigned: true })).toMatchObject(refused(401, "invalid_signature"));
  });
});

describe("an allowlist", () => {
  const from = (address: string) => send({ headers: { "cf-connecting-ip": address } });

  it("lets in addresses and ranges of both families, from the moment it changes", async () => {
    expect(await from("203.0.113.9")).toMatchObject(taken);
    await set({ ip_allowlist: ["192.0.2.7", "198.51.100.0/25", "2001:db8:aa::/48", "2001:db8::9"] });
    const good = ["192.0.2.7", "::ffff:192.0.2.7", "198.51.100.127", "2001:db8:aa:1::5", "2001:DB8:0::9"];
    for (const address of good) expect(await from(address), address).toMatchObject(taken);
    for (const address of ["203.0.113.9", "198.51.100.128", "2001:db8:ab::5", "2001:db8::a", "nonsense"])
      expect(await from(address), address).toMatchObject(refused(403, "ip_not_allowed"));
    await set({ ip_allowlist: [] });
    expect(await from("203.0.113.9")).toMatchObject(taken);
  });

  it("comes before the signature and before the body", async () => {
    await set({ ip_allowlist: ["192.0.2.7"] });
    const answer = await send({ unsigned: true, headers: { "cf-connecting-ip": "192.0.2.8" } }, "no JSON");
    expect(answer).toMatchObject(refused(403, "ip_not_allowed"));
    expect(answer.body.detail).toContain("192.0.2.8");
  });
});

it("is checked in its order: size, key, address, signature, body, fields", async () => {
  await set({ ip_allowlist: ["192.0.2.7"] });
  const wrong = { "cf-connecting-ip": "192.0.2.8" };
  const right = { "cf-connecting-ip": "192.0.2.7" };
  const key = { api_key: "x" };
  const codes = [
    await as(key, { unsigned: true, headers: wrong }, " ".repeat(1024 * 1024 + 1)),
    await as(key, { unsigned: true, headers: wrong }, "no JSON"),
    await as({}, { unsigned: true, headers: wrong }, "no JSON"),
    await as({}, { unsigned: true, headers: right }, "no JSON"),
    await as({}, { headers: right }, "no JSON"),
    await as({}, { headers: right }, {}),
    await as({}, { headers: right }),
  ].map((answer) => answer.code);
  expect(codes).toEqual([413, 401, 403, 401, 400, 422, 202]);
});

it("tells the company what was refused and why", async () => {
  await send({ unsigned: true });
  await send({ timestamp: now() - 1000 });
  await send({}, "no JSON");
  await expect
    .poll(
      async () => {
        const { rejections } = await (await tenant.api(path)).json<CompanyDetail>();
        return rejections.map((r) => r.reason).sort();
      },
      { timeout: 5000 },
    )
    .toEqual(["invalid_json", "invalid_signature", "invalid_timestamp"]);
});

it("shuts a source out that keeps failing, and no other", async () => {
  const from = (address: string, options: DeliveryOptions = {}) =>
    send({ ...options, headers: { ...options.headers, "cf-connecting-ip": address } });
  const bad = { headers: { "x-signature": `sha256=${"0".repeat(64)}` } };
  let answer = await from("203.0.113.1", bad);
  for (let i = 0; i < 150 && answer.code === 401; i++) answer = await from("203.0.113.1", bad);
  expect(answer).toMatchObject(refused(429, "too_many_failures"));
  expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(await from("203.0.113.2")).toMatchObject(taken);
  time.forward(61 * SECOND);
  expect(await from("203.0.113.1")).toMatchObject(taken);
});
