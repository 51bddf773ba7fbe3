import { describe, expect, it } from "vitest";
import { freshTenant, type TestTenant } from "../support/fresh-tenant.ts";
import { payload } from "../support/payloads.ts";

interface Item {
  alert: { asset_name: string; signature: string; status: string; severity: string } | null;
  fields: Record<string, string>;
  keys: {
    dedup: { key: string };
    group: { key: string | null };
    alert: { id: string; status: string; count: number } | null;
    incident: { id: string } | null;
    would: string;
  } | null;
}
interface Preview {
  detail: string | null;
  fields: Record<string, string>;
  total: number;
  items: Item[];
}

async function preview(tenant: TestTenant, tool: string, body: unknown) {
  const path = `/api/companies/${tenant.company.company.id}/integrations/${tool}/preview`;
  const answer = await tenant.api(path, { method: "POST", json: { body } });
  return { status: answer.status, body: await answer.json<Preview>() };
}

const group = (...hosts: string[]) => ({
  version: "4",
  status: "firing",
  groupKey: "{}:{}",
  groupLabels: {},
  commonLabels: {},
  commonAnnotations: {},
  externalURL: "",
  alerts: hosts.map((instance) => ({
    status: "firing",
    labels: { alertname: "HighCPU", severity: "critical", instance },
    annotations: {},
    startsAt: "2026-01-05T09:00:00Z",
    endsAt: "0001-01-01T00:00:00Z",
    generatorURL: "",
    fingerprint: instance,
  })),
});

describe("trying a tool's payload", () => {
  it("shows alerts, keys and what they would become, before and after the same came for real", async () => {
    const tenant = await freshTenant();
    const body = group("web-01:9100", "web-02:9100");
    const first = await preview(tenant, "alertmanager", JSON.stringify(body));
    expect(first.status).toBe(200);
    expect(first.body).toMatchObject({ detail: null, total: 2 });
    expect(first.body.items.map(({ alert, keys }) => [alert?.signature, keys?.alert, keys?.would])).toEqual([
      ["HighCPU", null, "It would open an incident of its own."],
      ["HighCPU", null, "It would open an incident of its own."],
    ]);
    const keys = first.body.items.map((item) => item.keys?.dedup.key);
    expect(new Set(keys).size).toBe(2);
    const sent = await tenant.company.post(body, { route: "alertmanager" });
    expect(sent.status).toBe(202);
    const { alert_ids } = await sent.json<{ alert_ids: string[] }>();
    const again = await preview(tenant, "alertmanager", body);
    expect(again.body.items.map((item) => item.keys?.dedup.key)).toEqual(keys);
    expect(again.body.items.map((item) => item.keys?.alert)).toEqual(
      alert_ids.map((id) => ({ id, status: "firing", count: 1 })),
    );
    expect(again.body.items[0]?.keys?.would).toContain("counted as a repeat");
    // Trying counted nothing.
    const alert = await tenant.api(`/api/alerts/${alert_ids[0]}`);
    expect(await alert.json()).toMatchObject({ count: 1 });
  });

  it("says what is not understood, by the place in the payload", async () => {
    const tenant = await freshTenant();
    const mixed = [payload({ asset_name: "web-01" }), { asset_name: 7 }];
    const { body } = await preview(tenant, "alerts", mixed);
    expect(body.items.map(({ alert }) => alert?.asset_name ?? null)).toEqual(["web-01", null]);
    expect(Object.keys(body.items[1]?.fields ?? {})).not.toEqual([]);
    expect((await preview(tenant, "alerts", "{not json")).body.detail).toContain("not JSON");
    expect((await preview(tenant, "grafana", { nothing: 1 })).body.detail).not.toBeNull();
    expect((await preview(tenant, "no-such-tool", {})).status).toBe(404);
  });
});
