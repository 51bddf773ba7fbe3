import { SELF } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import type { Alert } from "../../core/alert.ts";
import type { IncidentDetail } from "../../core/incident.ts";
import { API } from "../support/addresses.ts";
import { freshTenant, type TestTenant } from "../support/fresh-tenant.ts";
import { notification, payload, read } from "../support/payloads.ts";
import { signedRequest } from "../support/signing.ts";

const alertOf = async (tenant: TestTenant, id: string | null) =>
  (await tenant.api(`/api/alerts/${id}`)).json<Alert>();
const incidentOf = async (tenant: TestTenant, id: string | null) =>
  (await tenant.api(`/api/incidents/${id}`)).json<IncidentDetail>();

describe("an alert", () => {
  it("is received once durable, with its id and what became of it", async () => {
    const tenant = await freshTenant();
    const { code, body, headers } = await read(tenant.company.post(payload()));
    expect(code).toBe(202);
    expect(headers.get("content-type")).toContain("application/json");
    const id = body.alert_id;
    expect(body).toEqual({
      status: "received",
      alert_id: id,
      alert_ids: [id],
      results: [{ index: 0, status: "received", alert_id: id, outcome: "opened", flags: [] }],
    });
    const alert = await alertOf(tenant, id);
    expect(alert).toMatchObject({
      ...payload(),
      status: "firing",
      count: 1,
      raw_signature: "high_cpu_usage",
    });
    const incident = await incidentOf(tenant, alert.incident_id);
    expect(incident).toMatchObject({ status: "new", title: "High CPU usage on web-01", priority_score: 62 });
    expect(incident.alerts.map((a) => a.id)).toEqual([id]);
  });

  it("that repeats is received with the same id, and counted", async () => {
    const tenant = await freshTenant();
    const first = await read(tenant.company.post(payload()));
    const again = await read(tenant.company.post(payload({ message: "CPU at 99 %", severity: "critical" })));
    expect([again.code, again.body.status, again.body.results[0]?.outcome]).toEqual([
      202,
      "received",
      "repeated",
    ]);
    expect(again.body.alert_id).toBe(first.body.alert_id);
    expect(await alertOf(tenant, first.body.alert_id)).toMatchObject({
      count: 2,
      severity: "critical",
      original_severity: "high",
      message: "CPU at 99 %",
    });
  });

  it("that recovers is closed", async () => {
    const tenant = await freshTenant();
    const first = await read(tenant.company.post(payload()));
    const recovery = await read(tenant.company.post(payload({ status: "resolved" })));
    expect([recovery.code, recovery.body.alert_id]).toEqual([202, first.body.alert_id]);
    expect(await alertOf(tenant, first.body.alert_id)).toMatchObject({ status: "resolved" });
  });

  it("whose recovery came first opens no ghost; one that fires after it does open", async () => {
    const tenant = await freshTenant();
    const minutes = (n: number) => new Date(Date.now() + n * 60_000).toISOString();
    const recovery = await read(tenant.company.post(payload({ status: "resolved", timestamp: minutes(-5) })));
    expect([recovery.code, recovery.body]).toEqual([
      202,
      {
        status: "received",
        alert_id: null,
        alert_ids: [null],
        results: [{ index: 0, status: "received", alert_id: null, outcome: "waiting", flags: [] }],
      },
    ]);
    const late = await read(tenant.company.post(payload({ timestamp: minutes(-10) })));
    expect(late.body.results[0]?.outcome).toBe("recorded");
    expect(await alertOf(tenant, late.body.alert_id)).toMatchObject({
      status: "resolved",
      incident_id: null,
    });
    const anew = await read(tenant.company.post(payload({ timestamp: minutes(-1) })));
    expect(anew.body.results[0]?.outcome).toBe("opened");
  });

  it("may bring its key in the address, in a header or as a bearer token", async () => {
    const tenant = await freshTenant();
    const ways: [string, Record<string, string>][] = [
      [`?api_key=${tenant.company.api_key}`, {}],
      ["", { "x-api-key": tenant.company.api_key }],
      ["", { authorization: `Bearer ${tenant.company.api_key}` }],
    ];
    for (const [query, headers] of ways) {
      const signed = await signedRequest(tenant.company, payload({ message: JSON.stringify(headers) }), {
        headers,
      });
      const request = new Request(`${API}/api/webhooks/alerts${query}`, {
        method: "POST",
        headers: signed.headers,
        body: await signed.arrayBuffer(),
      });
      expect((await SELF.fetch(request)).status).toBe(202);
    }
  });
});

describe("many alerts in one body", () => {
  it("are answered each at its place", async () => {
    const tenant = await freshTenant();
    const { code, body } = await read(
      tenant.company.post(["a", "b", "a"].map((asset_name) => payload({ asset_name }))),
    );
    expect(code).toBe(202);
    expect(body.alert_ids).toHaveLength(3);
    expect(body.alert_ids[2]).toBe(body.alert_ids[0]);
    expect(body.results.map((r) => [r.index, r.outcome])).toEqual([
      [0, "opened"],
      [1, "opened"],
      [2, "repeated"],
    ]);
  });

  it("may be ten thousand", async () => {
    const tenant = await freshTenant();
    const correlation = { strategy: "signature" };
    await tenant.api(`/api/companies/${tenant.company.company.id}/correlation`, {
      method: "PUT",
      json: correlation,
    });
    const alerts = Array.from({ length: 10_000 }, (_, i) => ({
      asset_name: `h${i}`,
      signature: "x",
      severity: "low",
      message: "",
      tool_source: "t",
    }));
    expect(JSON.stringify(alerts).length).toBeLessThan(1024 * 1024);
    const { code, body } = await read(tenant.company.post(alerts));
    expect(code).toBe(202);
    expect(new Set(body.alert_ids).size).toBe(10_000);
    const [first, last] = await Promise.all([
      alertOf(tenant, body.alert_ids[0] ?? null),
      alertOf(tenant, body.alert_ids[9999] ?? null),
    ]);
    expect([first.asset_name, last.asset_name]).toEqual(["h0", "h9999"]);
    const incident = await incidentOf(tenant, last.incident_id);
    expect(incident).toMatchObject({
      distinct_alerts: 10_000,
      firing_alerts: 10_000,
      alerts_not_listed: 9000,
    });
    expect(incident.alerts).toHaveLength(1000);
  });
});

describe("a notification of Alertmanager", () => {
  it("is taken unsigned and whole, each alert by its own state", async () => {
    const tenant = await freshTenant();
    const send = (body: unknown) =>
      read(
        tenant.company.post(body, {
          route: "alertmanager",
          unsigned: true,
          headers: { "x-delivery-id": "" },
        }),
      );
    const hosts = ["app-01:9100", "app-02:9100", "app-03:9100"].map((instance) => ({ labels: { instance } }));
    const first = await send(notification(hosts));
    expect([first.code, first.body.results.map((r) => r.outcome)]).toEqual([
      202,
      ["opened", "opened", "opened"],
    ]);
    const [, app02] = hosts;
    const second = await send(
      notification(hosts.map((h) => (h === app02 ? { ...h, status: "resolved" } : h))),
    );
    expect(second.body.alert_ids).toEqual(first.body.alert_ids);
    expect(second.body.results.map((r) => r.outcome)).toEqual(["repeated", "resolved", "repeated"]);
    expect(await alertOf(tenant, first.body.alert_ids[1] ?? null)).toMatchObject({
      status: "resolved",
      asset_name: "app-02:9100",
      tool_source: "alertmanager",
      signature: "high_cpu_usage",
    });
  });

  it("of a watchdog is kept and opens nothing", async () => {
    const tenant = await freshTenant();
    const watchdog = notification([{ labels: { alertname: "Watchdog", severity: "none" } }]);
    const { code, body } = await read(tenant.company.post(watchdog, { route: "alertmanager" }));
    expect([code, body.results[0]?.outcome]).toEqual([202, "suppressed"]);
    expect(await alertOf(tenant, body.alert_id)).toMatchObject({
      incident_id: null,
      suppressed_by: "heartbeat",
    });
  });
});
