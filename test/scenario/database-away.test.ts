import { afterAll, beforeAll, expect, test } from "vitest";
import type { Frame } from "../../core/events.ts";
import type { Incident } from "../../core/incident.ts";
import type { ApiClient } from "../../dev/lib/api-client.ts";
import { beginD1Outage } from "../support/d1-outage.ts";
import { eventually } from "../support/eventually.ts";
import { startInstance, type TestInstance } from "../support/instance.ts";

let instance: TestInstance;
let api: ApiClient;

beforeAll(async () => {
  instance = await startInstance();
  api = await instance.signIn();
});
afterAll(async () => {
  await instance?.stop();
});

const alertOn = (asset: string, severity = "high") => ({
  asset_name: asset,
  signature: "high_cpu_usage",
  severity,
  message: "CPU at 97 %",
  tool_source: "test",
});

const listed = async (): Promise<Incident[]> =>
  (await api.json<{ items: Incident[] }>("GET", `/api/incidents?company_id=${instance.company.id}&limit=100`))
    .items;

/** A listener as a browser is one: frames in the order they came. */
async function listen(): Promise<{ frames: Frame[]; close(): void }> {
  const frames: Frame[] = [];
  const url = `${instance.url.replace("http", "ws")}/api/live`;
  // Node's own WebSocket takes headers, which the browser's type does not know.
  const options = { headers: { cookie: api.cookie, origin: instance.url } } as unknown as string[];
  const socket = new WebSocket(url, options);
  socket.onmessage = ({ data }) => void frames.push(JSON.parse(String(data)) as Frame);
  await eventually(async () => expect(frames[0]?.type).toBe("hello"));
  return { frames, close: () => socket.close() };
}

test("without its database the service takes alerts in, correlates and tells; the lists catch up", async () => {
  // t0: all is well.
  expect((await instance.post(alertOn("web-01"))).status).toBe(202);
  const [before] = await eventually(async () => {
    const items = await listed();
    expect(items).toHaveLength(1);
    return items;
  });
  const live = await listen();

  // t1: the database goes away. Intake answers as ever, and what it does is seen live.
  const outage = beginD1Outage(instance.dataDir);
  try {
    expect(await (await fetch(`${instance.url}/healthz`)).json()).toMatchObject({ ok: true, d1: "down" });
    const lists = await api.request("GET", "/api/incidents");
    expect(lists.status).toBe(503);
    expect(await lists.json()).toMatchObject({ error: "unavailable", detail: expect.stringContaining(" ") });

    for (const asset of ["db-01", "db-02", "db-03"]) {
      expect((await instance.post(alertOn(asset, "critical"))).status).toBe(202);
    }
    expect((await instance.post(alertOn("web-01", "critical"))).status).toBe(202);
    const created = await eventually(async () => {
      const incidents = live.frames.flatMap((frame) =>
        frame.type === "incident_created" ? [frame.data] : [],
      );
      expect(incidents.map((incident) => incident.title).sort()).toHaveLength(3);
      return incidents;
    });

    // t2: a person acts on what came in meanwhile; the answer is the object's own.
    const first = created[0];
    const acknowledged = await api.json<Incident>("POST", `/api/incidents/${first?.id}/acknowledge`, {});
    expect(acknowledged.status).toBe("acknowledged");
    const detail = await api.json<{ alerts: unknown[] }>("GET", `/api/incidents/${before?.id}`);
    expect(detail).toMatchObject({ severity: "critical", alert_count: 2 });
  } finally {
    outage.end();
  }

  // t3: it is back. Every incident arrives in the lists, in its newest version.
  await eventually(async () => {
    const items = await listed();
    expect(items).toHaveLength(4);
    expect(items.filter((incident) => incident.status === "acknowledged")).toHaveLength(1);
    for (const item of items) {
      const own = await api.json<Incident>("GET", `/api/incidents/${item.id}`);
      expect([item.id, item.version, item.severity]).toEqual([own.id, own.version, own.severity]);
    }
  }, 90_000);
  const company = await api.json<{ projection: { pending: number; parked: unknown[] } }>(
    "GET",
    `/api/companies/${instance.company.id}`,
  );
  expect(company.projection).toMatchObject({ pending: 0, parked: [] });
  live.close();
});
