import { SELF } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Alert } from "../../core/alert.ts";
import { API } from "../support/addresses.ts";
import { freshTenant, type TestTenant } from "../support/fresh-tenant.ts";
import { payload, read } from "../support/payloads.ts";
import type { DeliveryOptions } from "../support/signing.ts";

const MiB = 1024 * 1024;

let tenant: TestTenant;
let good = 0;
beforeEach(async () => {
  tenant = await freshTenant();
});
/** Whatever came before: the next good alert gets in. */
afterEach(async () => {
  const { code, body } = await read(tenant.company.post(payload({ asset_name: `after-${++good}` })));
  expect([code, body.status, body.results[0]?.outcome]).toEqual([202, "received", "opened"]);
});

const send = (body: unknown, options?: DeliveryOptions) => read(tenant.company.post(body, options));
const alertOf = async (id: string | null | undefined) =>
  (await tenant.api(`/api/alerts/${id}`)).json<Alert>();
const listed = async () =>
  (await (await tenant.api(`/api/alerts?company_id=${tenant.company.company.id}`)).json<{ items: Alert[] }>())
    .items;

describe("a body that is no JSON", () => {
  it.each([
    ["text", "CPU is high"],
    ["half of it", '{"asset_name": "web-01"'],
    ["nothing", ""],
    ["a form", "asset_name=web-01&severity=high"],
    ["two of them", "{}{}"],
  ])("%s: 400 invalid_json", async (_, body) => {
    const answer = await send(body);
    expect([answer.code, answer.body.error]).toEqual([400, "invalid_json"]);
    expect(answer.body.detail).toContain("not JSON");
    expect(await listed()).toEqual([]);
  });
});

describe("a body that is too large", () => {
  it("is 413 by its length alone", async () => {
    const answer = await send(`"${"x".repeat(2 * MiB)}"`);
    expect([answer.code, answer.body.error]).toEqual([413, "payload_too_large"]);
    expect(answer.body.detail).toContain("1 MiB");
  });

  it("is 413 while it comes, where its length is not told", async () => {
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 64 * 1024;
        controller.enqueue(new Uint8Array(64 * 1024).fill(32));
        if (sent > 64 * MiB) controller.close();
      },
    });
    const url = `${API}/api/webhooks/alerts?api_key=${tenant.company.api_key}`;
    const answer = await read(SELF.fetch(url, { method: "POST", body: endless }));
    expect([answer.code, answer.body.error]).toEqual([413, "payload_too_large"]);
    expect(sent).toBeLessThan(16 * MiB);
  });

  it("is 413 before the key is looked at", async () => {
    const answer = await send(" ".repeat(MiB + 1), { headers: { "x-api-key": "" }, unsigned: true });
    expect(answer.code).toBe(413);
  });

  it("of one MiB to the byte is taken", async () => {
    const empty = JSON.stringify(payload({ message: "" })).length;
    const answer = await send(payload({ message: "x".repeat(MiB - empty) }));
    expect([answer.code, answer.body.results[0]?.flags]).toEqual([202, ["message_cut"]]);
  });
});

describe("a body that is JSON and no alert", () => {
  it.each([
    ["null", null],
    ["a number", 7],
    ["a string", '"web-01 is down"'],
    ["an empty array", []],
  ])("%s: 422 with the reason", async (_, body) => {
    const answer = await send(body);
    expect([answer.code, answer.body.error]).toEqual([422, "validation_failed"]);
    expect(answer.body.fields).toEqual({ body: expect.any(String) });
  });

  it("names each field that is missing", async () => {
    const answer = await send({ severity: "high", status: "broken" });
    expect(answer.code).toBe(422);
    expect(answer.body.fields).toEqual({
      asset_name: "asset_name is required, as a string",
      signature: "signature is required, as a string",
      message: "message is required, as a string",
      tool_source: "tool_source is required, as a string",
      status: 'status is "firing" or "resolved"',
    });
  });

  it("keeps the good ones of an array, and says what is wrong at which place", async () => {
    const answer = await send([
      payload({ asset_name: "a" }),
      payload({ severity: undefined }),
      payload({ asset_name: "c" }),
    ]);
    expect(answer.code).toBe(202);
    expect(answer.body.alert_ids).toEqual([expect.any(String), null, expect.any(String)]);
    expect(answer.body.results[1]).toEqual({
      index: 1,
      status: "rejected",
      alert_id: null,
      error: "validation_failed",
      fields: { severity: "severity is required, as a string" },
    });
    expect((await listed()).map((a) => a.asset_name).sort()).toEqual(["a", "c"]);
  });

  it("is 422 where none of them is good", async () => {
    const answer = await send([payload({ asset_name: "" }), 7]);
    expect(answer.code).toBe(422);
    expect(answer.body.fields).toEqual({
      "0.asset_name": "asset_name may not be empty",
      "1.body": expect.any(String),
    });
    expect(await listed()).toEqual([]);
  });

  it("of another tool is 422, not a crash", async () => {
    const answer = await send(payload(), { route: "alertmanager" });
    expect([answer.code, answer.body.fields]).toEqual([422, { alerts: expect.any(String) }]);
  });
});

describe("what is odd but an alert", () => {
  it("an unknown severity is medium, flagged", async () => {
    const answer = await send(payload({ severity: "sideways" }));
    expect([answer.code, answer.body.results[0]?.flags]).toEqual([202, ["unknown_severity"]]);
    expect(await alertOf(answer.body.alert_id)).toMatchObject({
      severity: "medium",
      flags: ["unknown_severity"],
    });
  });

  it("invalid UTF-8 is repaired, flagged", async () => {
    const text = JSON.stringify(payload({ message: "CPU \u00ff ok" }));
    const bytes = new Uint8Array(Buffer.from(text, "latin1"));
    const answer = await send(bytes);
    expect([answer.code, answer.body.results[0]?.flags]).toEqual([202, ["repaired_utf8"]]);
    expect((await alertOf(answer.body.alert_id)).message).toBe("CPU \ufffd ok");
  });

  it("a byte order mark is no fault", async () => {
    expect((await send(`\ufeff${JSON.stringify(payload())}`)).code).toBe(202);
  });

  it("a hundred thousand levels in a tag are cut, and as the whole body refused", async () => {
    const deep = "[".repeat(100_000) + "]".repeat(100_000);
    const { asset_name, ...rest } = payload();
    const tagged = `{"asset_name":"${asset_name}","tags":{"deep":${deep}},${JSON.stringify(rest).slice(1)}`;
    const answer = await send(tagged);
    expect(answer.code).toBe(202);
    expect((await alertOf(answer.body.alert_id)).tags.deep?.length).toBeLessThanOrEqual(1024);
    const whole = await send(deep);
    expect([whole.code, whole.body.fields]).toEqual([422, { "0.body": expect.any(String) }]);
    const objects = await send(`${'{"tags":'.repeat(100_000)}1${"}".repeat(100_000)}`);
    expect(objects.code).toBe(422);
  });

  it("prototype keys are data, and pollute nothing", async () => {
    const body = `{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"tags":{"__proto__":"a","constructor":"b","toString":"c"},${JSON.stringify(payload()).slice(1)}`;
    const answer = await send(body);
    expect(answer.code).toBe(202);
    const text = await (await tenant.api(`/api/alerts/${answer.body.alert_id}`)).text();
    expect(text).toContain('"tags":{"__proto__":"a","constructor":"b","toString":"c"}');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    const bare = await send(`{"__proto__":${JSON.stringify(payload())}}`);
    expect([bare.code, Object.keys(bare.body.fields)]).toEqual([422, Object.keys(payload())]);
  });

  const SQL = "'; DROP TABLE alerts; --\" ) ?1 %";
  const HTML = "<script>alert(1)</script>&amp;";
  it.each([
    ["SQL", SQL],
    ["HTML", HTML],
    ["both, with control characters and emoji", `${SQL}${HTML}\u0000\u0007\u202e🔥`],
    ["half a surrogate pair", "half \ud83d pair"],
  ])("%s in every field is text, exactly", async (_, evil) => {
    const body = {
      asset_name: `host ${evil}`,
      signature: `check ${evil}`,
      severity: "low",
      message: evil,
      tool_source: `tool ${evil}`,
      asset_id: evil,
      dedup_key: evil,
      tags: { [evil]: evil },
      links: [{ label: evil, url: `https://example.net/${evil}` }],
    };
    const answer = await send(body, { deliveryId: "'; DROP TABLE deliveries; --<b>" });
    expect(answer.code).toBe(202);
    const alert = await alertOf(answer.body.alert_id);
    expect(alert).toMatchObject({
      asset_name: body.asset_name,
      raw_signature: body.signature,
      message: evil,
      tool_source: body.tool_source,
      asset_id: evil,
      tags: body.tags,
      links: body.links,
      delivery_id: "'; DROP TABLE deliveries; --<b>",
    });
    // Another message, or the very bytes again would be a duplicate.
    const again = await send({ ...body, message: "again" });
    expect([again.body.alert_id, again.body.results[0]?.outcome]).toEqual([answer.body.alert_id, "repeated"]);
    const recovery = await send({ ...body, status: "resolved" });
    expect(recovery.body.results[0]?.outcome).toBe("resolved");
    const incident = await (await tenant.api(`/api/incidents/${alert.incident_id}`)).json<{
      asset_names: string[];
    }>();
    expect(incident.asset_names).toEqual([body.asset_name]);
  });

  it("two keys that differ in half a surrogate pair alone are both stored", async () => {
    const answer = await send(
      ["\ud800", "\ud801"].map((dedup_key) => payload({ dedup_key, asset_name: dedup_key })),
    );
    expect(answer.code).toBe(202);
    expect(answer.body.alert_ids).not.toContain(null);
  });
});

describe("where a request goes", () => {
  it("knows the methods and tools there are", async () => {
    const url = `${API}/api/webhooks/alerts?api_key=${tenant.company.api_key}`;
    for (const method of ["GET", "PUT", "DELETE"]) {
      const answer = await read(SELF.fetch(url, { method }));
      expect([answer.code, answer.body.error, answer.headers.get("allow")]).toEqual([
        405,
        "method_not_allowed",
        "POST",
      ]);
    }
    for (const route of ["nagios-xi", "", "__proto__", "constructor", "alerts/1", "%61lerts"]) {
      const answer = await send(payload(), { route });
      expect([route, answer.code, answer.body.error]).toEqual([route, 404, "not_found"]);
      expect(answer.body.detail).toContain("alertmanager");
    }
  });
});
