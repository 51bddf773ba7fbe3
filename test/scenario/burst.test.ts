import { request } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Alert } from "../../core/alert.ts";
import type { Incident } from "../../core/incident.ts";
import type { ApiClient } from "../../dev/lib/api-client.ts";
import { startInstance, type TestInstance } from "../support/instance.ts";
import { payload, read } from "../support/payloads.ts";
import { signedRequest } from "../support/signing.ts";

let instance: TestInstance;
let api: ApiClient;

beforeAll(async () => {
  instance = await startInstance();
  api = await instance.signIn();
  const limit = { requests_per_minute: 1_000_000, burst: 1_000_000 };
  await api.json("PUT", `/api/companies/${instance.company.id}/rate-limit`, limit);
  await api.neverStorm(instance.company.id);
});
afterAll(async () => {
  await instance?.stop();
});

const alertOf = (id: string | null | undefined) => api.json<Alert>("GET", `/api/alerts/${id}`);

test("a hundred alerts of one key at once are one alert, counted a hundred times", async () => {
  const answers = await Promise.all(
    Array.from({ length: 100 }, (_, i) =>
      read(instance.post(payload({ asset_name: "one", message: `message ${i}` }))),
    ),
  );
  expect(new Set(answers.map((a) => a.code))).toEqual(new Set([202]));
  expect(new Set(answers.map((a) => a.body.alert_id)).size).toBe(1);
  expect(answers.filter((a) => a.body.results[0]?.outcome === "opened")).toHaveLength(1);
  const alert = await alertOf(answers[0]?.body.alert_id);
  expect(alert.count).toBe(100);
  const incident = await api.json<Incident>("GET", `/api/incidents/${alert.incident_id}`);
  expect(incident).toMatchObject({ alert_count: 100, distinct_alerts: 1 });
});

test("fifty deliveries under one id at once are received once; the others are told the same ids", async () => {
  const body = [payload({ asset_name: "two" }), payload({ asset_name: "three" })];
  const answers = await Promise.all(
    Array.from({ length: 50 }, () => read(instance.post(body, { deliveryId: "d-50" }))),
  );
  const states = answers.map((a) => `${a.code} ${a.body.status}`).sort();
  expect(states).toEqual([...Array(49).fill("200 duplicate"), "202 received"]);
  expect(new Set(answers.map((a) => JSON.stringify(a.body.alert_ids))).size).toBe(1);
  expect((await alertOf(answers[0]?.body.alert_id)).count).toBe(1);
});

test("one id with fifty bodies at once is taken with one of them, the others are 409", async () => {
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, i) =>
      read(instance.post(payload({ asset_name: `body-${i}` }), { deliveryId: "d-conflict" })),
    ),
  );
  const codes = answers.map((a) => a.code).sort();
  expect(codes).toEqual([202, ...Array(49).fill(409)]);
});

test("bad ones in a burst take no good one with them", async () => {
  const deep = `{"tags":${"[".repeat(50_000)}${"]".repeat(50_000)}}`;
  const bad = [
    () => instance.post("no JSON"),
    () => instance.post({}),
    () => instance.post(payload(), { unsigned: true }),
    () => instance.post(deep),
    () => instance.post(payload(), { timestamp: 1 }),
  ];
  const answers = await Promise.all(
    Array.from({ length: 200 }, (_, i) =>
      i % 4 === 0
        ? read(bad[(i / 4) % bad.length]!())
        : read(instance.post(payload({ asset_name: `burst-${i}` }))),
    ),
  );
  const good = answers.filter((_, i) => i % 4 !== 0);
  expect(good.map((a) => a.body.results?.[0]?.outcome)).toEqual(Array(150).fill("opened"));
  const refused = answers.filter((_, i) => i % 4 === 0).map((a) => a.code);
  expect(new Set(refused)).toEqual(new Set([400, 422, 401]));
});

test("senders that hang up in a burst leave nobody waiting", async () => {
  const began = Date.now();
  const answers = await Promise.all(
    Array.from({ length: 300 }, async (_, i) => {
      const request = await signedRequest(instance.company, payload({ asset_name: `hang-${i}` }), {
        origin: instance.url,
      });
      const gone = i % 3 === 0;
      const signal = gone ? AbortSignal.timeout(i % 60) : AbortSignal.timeout(20_000);
      try {
        return { gone, code: (await fetch(request, { signal })).status };
      } catch {
        return { gone, code: 0 };
      }
    }),
  );
  const stayed = answers.filter((a) => !a.gone).map((a) => a.code);
  expect(stayed).toEqual(Array(200).fill(202));
  expect(Date.now() - began).toBeLessThan(10_000);
  const { code } = await read(instance.post(payload({ asset_name: "afterwards" })));
  expect(code).toBe(202);
});

/** A post that stops in the middle of its body until it is told to go on. */
async function halted(asset_name: string) {
  const asked = await signedRequest(instance.company, payload({ asset_name }), { origin: instance.url });
  const body = Buffer.from(await asked.arrayBuffer());
  const headers = { ...Object.fromEntries(asked.headers), "content-length": body.length };
  const sent = request(asked.url, { method: "POST", headers });
  const answered = new Promise<number | undefined>((resolve, reject) => {
    sent.once("response", (answer) => resolve(answer.resume().statusCode)).once("error", reject);
  });
  await new Promise<void>((resolve) => sent.write(body.subarray(0, 20), () => resolve()));
  return {
    goOn: () => {
      sent.end(body.subarray(20));
      return answered;
    },
    hangUp: () => {
      answered.catch(() => {});
      sent.destroy();
    },
  };
}

test("senders that stop in the middle of a body hold nobody up, whether they go on or hang up", async () => {
  const [goesOn, hangsUp] = await Promise.all([halted("stops"), halted("gone")]);
  // Held up means for as long as a lost call: five seconds.
  const signal = () => AbortSignal.timeout(4000);
  const post = async (asset_name: string) => {
    const options = { origin: instance.url };
    const asked = await signedRequest(instance.company, payload({ asset_name }), options);
    return (await fetch(asked, { signal: signal() })).status;
  };
  for (const n of [1, 2, 3]) expect(await post(`beside-${n}`)).toBe(202);
  hangsUp.hangUp();
  for (const n of [4, 5]) expect(await post(`beside-${n}`)).toBe(202);
  expect(await goesOn.goOn()).toBe(202);
  expect(await post("beside-6")).toBe(202);
});
