import { SELF } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Alert } from "../../core/alert.ts";
import { freshTenant, type TestTenant } from "../support/fresh-tenant.ts";
import { notification, payload, read } from "../support/payloads.ts";
import { type DeliveryOptions, signedRequest } from "../support/signing.ts";
import { moveClock } from "../support/wall-clock.ts";

const HOUR = 3_600_000;

let tenant: TestTenant;
let time: ReturnType<typeof moveClock>;
beforeEach(async () => {
  tenant = await freshTenant();
  time = moveClock();
});
afterEach(() => time.restore());

const now = () => Math.floor(Date.now() / 1000);
const send = (body: unknown, options: DeliveryOptions = {}) =>
  read(tenant.company.post(body, { timestamp: now(), ...options }));
const countOf = async (id: string | null) =>
  (await (await tenant.api(`/api/alerts/${id}`)).json<Alert>()).count;

describe("a delivery that comes again", () => {
  it("is 200 with the ids of the first time, and counts nothing", async () => {
    const body = [payload(), payload({ asset_name: "" }), payload({ asset_name: "web-02" })];
    const first = await send(body, { deliveryId: "d-1" });
    expect(first.code).toBe(202);
    time.forward(10 * 60_000);
    const again = await send(body, { deliveryId: "d-1" });
    expect([again.code, again.body]).toEqual([
      200,
      { status: "duplicate", alert_id: first.body.alert_id, alert_ids: first.body.alert_ids },
    ]);
    expect(await countOf(first.body.alert_id)).toBe(1);
  });

  it("with another body under its id is 409, and the alert is not taken for the other", async () => {
    const first = await send(payload(), { deliveryId: "d-1" });
    const other = await send(payload({ asset_name: "web-02" }), { deliveryId: "d-1" });
    expect([other.code, other.body.error]).toEqual([409, "delivery_conflict"]);
    expect(other.body.detail).toContain("d-1");
    expect(await countOf(first.body.alert_id)).toBe(1);
    expect((await send(payload({ asset_name: "web-02" }), { deliveryId: "d-2" })).code).toBe(202);
  });

  it("as the same signed bytes is a duplicate, whatever id it comes with", async () => {
    const request = await signedRequest(tenant.company, payload(), { deliveryId: "d-1", timestamp: now() });
    const bytes = await request.clone().arrayBuffer();
    const first = await read(SELF.fetch(request));
    for (const id of ["d-1", "d-2", null]) {
      const headers = new Headers(request.headers);
      if (id === null) headers.delete("x-delivery-id");
      else headers.set("x-delivery-id", id);
      const replay = await read(SELF.fetch(request.url, { method: "POST", headers, body: bytes }));
      expect([id, replay.code, replay.body.status, replay.body.alert_id]).toEqual([
        id,
        200,
        "duplicate",
        first.body.alert_id,
      ]);
    }
    expect(await countOf(first.body.alert_id)).toBe(1);
  });

  it("signed, with no id at all, is known by its signature", async () => {
    const headers = { "x-delivery-id": "" };
    const first = await send(payload(), { headers });
    const again = await send(payload(), { headers, timestamp: now() });
    expect([first.code, again.code, again.body.alert_id]).toEqual([202, 200, first.body.alert_id]);
    // Signed anew it is a new delivery: a repeat of the alert.
    const later = await send(payload(), { headers, timestamp: now() + 1 });
    expect([later.code, later.body.alert_id]).toEqual([202, first.body.alert_id]);
    expect(await countOf(first.body.alert_id)).toBe(2);
  });

  it("unsigned and without an id is a repeat every time", async () => {
    const options = { route: "alertmanager", unsigned: true, headers: { "x-delivery-id": "" } };
    const body = notification([{ startsAt: "2026-01-01T00:00:00Z" }]);
    const ids = [];
    for (let i = 0; i < 3; i++) {
      const { code, body: answer } = await send(body, options);
      expect(code).toBe(202);
      ids.push(answer.alert_id);
    }
    expect(new Set(ids).size).toBe(1);
    expect(await countOf(ids[0] ?? null)).toBe(3);
  });
});

describe("the memory of deliveries", () => {
  it("lasts a day", async () => {
    await send(payload(), { deliveryId: "d-1" });
    time.forward(23 * HOUR);
    expect((await send(payload(), { deliveryId: "d-1" })).code).toBe(200);
    time.forward(2 * HOUR);
    expect((await send(payload(), { deliveryId: "d-1" })).code).toBe(202);
  });

  it("lasts 77 hours for senders of Standard Webhooks, who retry for 76", async () => {
    const options = () => ({ timestamp: now(), headers: { "x-delivery-id": "", "webhook-id": "msg_1" } });
    expect((await send(payload(), options())).code).toBe(202);
    time.forward(76 * HOUR);
    expect((await send(payload(), options())).code).toBe(200);
    time.forward(2 * HOUR);
    expect((await send(payload(), options())).code).toBe(202);
  });

  it("is each company's own", async () => {
    const other = await tenant.createCompany("Other");
    expect((await send(payload(), { deliveryId: "d-1" })).code).toBe(202);
    expect((await read(other.post(payload(), { deliveryId: "d-1" }))).code).toBe(202);
  });

  it("keeps accepted deliveries alone: what was refused may come again better", async () => {
    expect((await send({}, { deliveryId: "d-1" })).code).toBe(422);
    expect((await send("no JSON", { deliveryId: "d-1" })).code).toBe(400);
    expect((await send(payload(), { deliveryId: "d-1", unsigned: true })).code).toBe(401);
    expect((await send(payload(), { deliveryId: "d-1" })).code).toBe(202);
  });

  it("tells ids apart that differ late", async () => {
    const id = (end: string) => "x".repeat(300) + end;
    expect((await send(payload({ message: "a" }), { deliveryId: id("a") })).code).toBe(202);
    expect((await send(payload({ message: "b" }), { deliveryId: id("b") })).code).toBe(202);
    expect((await send(payload({ message: "b" }), { deliveryId: id("b") })).code).toBe(200);
  });
});

it("an id of an event in the body is no id of a delivery", async () => {
  const [first, again] = [
    await send(payload({ dedup_key: "event-7", message: "one" })),
    await send(payload({ dedup_key: "event-7", message: "two" })),
  ];
  expect([first.code, again.code]).toEqual([202, 202]);
  expect(again.body.results[0]?.outcome).toBe("repeated");
});
