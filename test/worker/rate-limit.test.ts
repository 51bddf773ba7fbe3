import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CompanyDetail } from "../../core/company.ts";
import { freshTenant, type TestTenant } from "../support/fresh-tenant.ts";
import { notification, payload, read } from "../support/payloads.ts";
import type { DeliveryOptions } from "../support/signing.ts";
import { moveClock } from "../support/wall-clock.ts";

const SECOND = 1000;

let tenant: TestTenant;
let time: ReturnType<typeof moveClock>;
let n = 0;
beforeEach(async () => {
  tenant = await freshTenant();
  time = moveClock();
});
afterEach(() => time.restore());

const path = () => `/api/companies/${tenant.company.company.id}`;
const limit = (requests_per_minute: number, burst: number) =>
  tenant.api(`${path()}/rate-limit`, { method: "PUT", json: { requests_per_minute, burst } });
const send = (body: unknown = payload({ message: `message ${++n}` }), options: DeliveryOptions = {}) =>
  read(tenant.company.post(body, { timestamp: Math.floor(Date.now() / 1000), ...options }));
const many = (length: number) => Array.from({ length }, () => payload({ message: `message ${++n}` }));
const am = (status = "firing") =>
  send(notification([{ status, labels: { instance: `host-${++n}` } }]), {
    route: "alertmanager",
    unsigned: true,
  });

describe("over the limit", () => {
  it("is 429 that says how long to wait, and the wait is enough", async () => {
    await limit(6, 3);
    for (let i = 0; i < 3; i++) expect((await send()).code).toBe(202);
    for (let i = 0; i < 2; i++) {
      const { code, body, headers } = await send();
      expect(code).toBe(429);
      expect(body).toEqual({
        error: "rate_limited",
        detail: expect.stringContaining("6 requests a minute"),
        retry_after_seconds: body.retry_after_seconds,
        backoff_policy: expect.stringContaining("retry_after_seconds"),
      });
      expect(body.retry_after_seconds).toBeGreaterThanOrEqual(1);
      expect(body.retry_after_seconds).toBeLessThanOrEqual(10);
      expect(headers.get("retry-after")).toBe(String(body.retry_after_seconds));
      expect([headers.get("x-ratelimit-limit"), headers.get("x-ratelimit-burst")]).toEqual(["6", "3"]);
    }
    time.forward(10 * SECOND);
    expect((await send()).code).toBe(202);
    expect((await send()).code).toBe(429);
  });

  it("is 503 for Alertmanager, which retries on nothing else", async () => {
    await limit(6, 1);
    expect((await am()).code).toBe(202);
    const { code, body, headers } = await am();
    expect([code, body.error]).toEqual([503, "rate_limited"]);
    expect(headers.get("retry-after")).toBe(String(body.retry_after_seconds));
    time.forward(10 * SECOND);
    expect((await am()).code).toBe(202);
  });

  it("recoveries still come in, on a budget of their own", async () => {
    await limit(6, 2);
    await send(payload());
    await send();
    expect((await send()).code).toBe(429);
    const recovery = await send(payload({ status: "resolved", message: "over" }));
    expect([recovery.code, recovery.body.results[0]?.outcome]).toEqual([202, "resolved"]);
    expect((await am("resolved")).code).toBe(202);
    expect((await am("resolved")).code).toBe(503);
    expect((await send()).code).toBe(429);
    time.forward(10 * SECOND);
    expect((await am("resolved")).code).toBe(202);
    expect((await send()).code).toBe(202);
  });

  it("a delivery that was refused may come again under its id", async () => {
    await limit(6, 1);
    await send();
    const body = payload({ asset_name: "patient" });
    expect((await send(body, { deliveryId: "d-1" })).code).toBe(429);
    time.forward(10 * SECOND);
    const again = await send(body, { deliveryId: "d-1" });
    expect([again.code, again.body.results[0]?.outcome]).toEqual([202, "opened"]);
  });

  it("another company goes on", async () => {
    const other = await tenant.createCompany("Other");
    await limit(6, 1);
    await send();
    expect((await send()).code).toBe(429);
    expect((await other.post(payload())).status).toBe(202);
  });

  it("is counted for the company's page", async () => {
    await limit(1, 1);
    await send();
    await send();
    const { rejections } = await (await tenant.api(path())).json<CompanyDetail>();
    expect(rejections).toMatchObject([{ reason: "rate_limited", count: 1 }]);
  });
});

describe("the price", () => {
  it("is one for every hundred alerts begun", async () => {
    await limit(6, 5);
    expect((await send(many(201))).code).toBe(202);
    expect((await send(many(100))).code).toBe(202);
    expect((await send()).code).toBe(202);
    expect((await send()).code).toBe(429);
  });

  it("is never more than a full bucket", async () => {
    await limit(6, 2);
    expect((await send(many(1000))).code).toBe(202);
    expect((await send()).code).toBe(429);
  });

  it("that is not there for a large body leaves what is there to a small one", async () => {
    await limit(6, 5);
    expect((await send()).code).toBe(202);
    expect((await send(many(500))).code).toBe(429);
    for (let i = 0; i < 4; i++) expect((await send()).code).toBe(202);
    expect((await send()).code).toBe(429);
  });

  it("is not asked for what is refused, or came before", async () => {
    await limit(6, 2);
    const body = payload();
    expect((await send(body, { deliveryId: "d-1" })).code).toBe(202);
    for (let i = 0; i < 5; i++) {
      expect((await send(payload(), { headers: { "x-signature": `sha256=${"0".repeat(64)}` } })).code).toBe(
        401,
      );
      expect((await send("no JSON")).code).toBe(400);
      expect((await send({})).code).toBe(422);
      expect((await send(body, { deliveryId: "d-1" })).code).toBe(200);
    }
    expect((await send()).code).toBe(202);
    expect((await send()).code).toBe(429);
  });
});

it("takes a new limit at once", async () => {
  await limit(1, 1);
  await send();
  await limit(600, 50);
  for (let i = 0; i < 50; i++) expect((await send()).code).toBe(202);
});
