import { describe, expect, it, vi } from "vitest";
import type { Alert } from "../../core/alert.ts";
import { kpisSchema } from "../../core/company.ts";
import { type Incident, incidentDetailSchema, type TimelineEntry } from "../../core/incident.ts";
import { freshTenant, type TestTenant } from "../support/fresh-tenant.ts";

interface Page<T> {
  items: T[];
  next_cursor: string | null;
}

async function read<T>(tenant: TestTenant, path: string): Promise<T> {
  const answer = await tenant.api(path);
  expect(answer.status, path).toBe(200);
  return answer.json<T>();
}

const alert = (n: number, severity = "critical") => ({
  asset_name: `web-${n}`,
  signature: "High CPU usage",
  severity,
  message: `CPU at 9${n} %`,
  tool_source: "zabbix",
});

/** Waits until the lists know as many incidents, as a client would that asks again. */
async function listed(tenant: TestTenant, count: number, query = ""): Promise<Incident[]> {
  return vi.waitFor(
    async () => {
      const page = await read<Page<Incident>>(tenant, `/api/incidents?limit=100${query}`);
      expect(page.items).toHaveLength(count);
      return page.items;
    },
    { timeout: 8000, interval: 100 },
  );
}

describe("from a webhook to the lists", () => {
  it("shows incidents, alerts, timeline and figures", async () => {
    const tenant = await freshTenant();
    const company = tenant.company.company.id;
    const taken = await tenant.company.post([alert(1), alert(2, "high"), alert(3, "low"), alert(1)]);
    expect(taken.status).toBe(202);
    const incidents = await listed(tenant, 3);
    expect(incidents.map((one) => one.severity)).toEqual(["critical", "high", "low"]);

    const first = incidents[0]!;
    const detail = incidentDetailSchema.parse(await read(tenant, `/api/incidents/${first.id}`));
    expect(detail).toMatchObject({
      id: first.id,
      alert_count: 2,
      alerts: [{ asset_name: "web-1", count: 2 }],
    });
    const timeline = await read<Page<TimelineEntry>>(tenant, `/api/incidents/${first.id}/timeline`);
    expect(timeline.items.length).toBeGreaterThan(0);

    const all = await read<Page<Alert>>(tenant, "/api/alerts");
    expect(all.items).toHaveLength(3);
    for (const query of [
      `company_id=${company}`,
      "severity=low",
      "tool=zabbix",
      "q=web-2",
      `incident_id=${first.id}`,
    ]) {
      const page = await read<Page<Alert>>(tenant, `/api/alerts?${query}`);
      expect(page.items.length, query).toBeGreaterThan(0);
    }
    expect((await read<Page<Alert>>(tenant, `/api/alerts?incident_id=${first.id}`)).items).toHaveLength(1);
    const pageOne = await read<Page<Alert>>(tenant, "/api/alerts?limit=2");
    const pageTwo = await read<Page<Alert>>(tenant, `/api/alerts?limit=2&cursor=${pageOne.next_cursor}`);
    expect([...pageOne.items, ...pageTwo.items].map((one) => one.id)).toEqual(all.items.map((one) => one.id));
    expect(pageTwo.next_cursor).toBeNull();
    expect(await read(tenant, `/api/alerts/${all.items[0]!.id}`)).toMatchObject({ id: all.items[0]!.id });

    expect(await listed(tenant, 1, "&severity=critical")).toHaveLength(1);
    expect(await listed(tenant, 2, "&severity=high,low&status=open&sort=updated")).toHaveLength(2);
    expect(await listed(tenant, 1, "&q=web-3")).toHaveLength(1);
    expect(await listed(tenant, 0, "&status=resolved")).toEqual([]);
    expect(await listed(tenant, 3, `&company_id=${company}&sort=created`)).toHaveLength(3);

    const kpis = await vi.waitFor(async () => {
      const answer = kpisSchema.parse(await read(tenant, `/api/kpis?company_id=${company}`));
      expect(answer.alerts).toBe(4);
      return answer;
    });
    expect(kpis).toMatchObject({
      critical_alerts: 1,
      active_incidents: 3,
      high_priority: 2,
      incidents: 3,
      noise_reduction: 25,
      noise_band: "good",
      mtta_seconds: null,
    });
    expect(kpis.by_hour.reduce((sum, hour) => sum + hour.alerts, 0)).toBe(4);
    expect(await read(tenant, "/api/companies")).toMatchObject({
      items: [{ open_incidents: 3, critical_incidents: 1, alerts_24h: 4 }],
    });
  });

  it("lets a person acknowledge, resolve and reopen, and tells a second one who was first", async () => {
    const tenant = await freshTenant();
    await tenant.company.post(alert(1));
    const [incident] = await listed(tenant, 1);
    const path = `/api/incidents/${incident!.id}`;
    const act = (name: string, json: unknown = {}) => tenant.api(`${path}/${name}`, { method: "POST", json });

    const acknowledged = await act("acknowledge");
    expect(acknowledged.status).toBe(200);
    expect(await acknowledged.json()).toMatchObject({
      status: "acknowledged",
      acknowledged_by: { name: "Test Admin" },
    });
    expect((await act("acknowledge")).status).toBe(200);
    const resolved = await act("resolve", { notes: "restarted it" });
    expect(await resolved.json()).toMatchObject({ status: "resolved", resolution_notes: "restarted it" });
    const late = await act("acknowledge");
    expect(late.status).toBe(409);
    expect(await late.json()).toMatchObject({
      error: "conflict",
      current: { id: incident!.id, status: "resolved" },
    });
    expect((await act("resolve", { notes: "x".repeat(4001) })).status).toBe(422);
    const reopened = await act("reopen", { reason: "came back" });
    expect(reopened.status).toBe(200);
    expect((await read<Incident>(tenant, path)).status).not.toBe("resolved");
    await vi.waitFor(async () => {
      const open = await read<Page<Incident>>(tenant, "/api/incidents?status=open");
      expect(open.items).toMatchObject([{ reopen_count: 1 }]);
    });
  });
});

describe("a query that makes no sense", () => {
  it("is refused with the field that is wrong", async () => {
    const tenant = await freshTenant();
    for (const [query, field] of [
      ["incidents?status=shut", "status"],
      ["incidents?severity=high,huge", "severity"],
      ["incidents?sort=random", "sort"],
      ["incidents?limit=0", "limit"],
      ["incidents?from=yesterday", "from"],
      ["incidents?cursor=%%%", "cursor"],
      ["alerts?limit=9999", "limit"],
      ["alerts?status=new", "status"],
      ["companies?cursor=e30", "cursor"],
      ["kpis?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z", "from"],
      ["kpis?from=2020-01-01T00:00:00Z", "from"],
    ] as const) {
      const answer = await tenant.api(`/api/${query}`);
      expect(answer.status, query).toBe(422);
      expect(Object.keys((await answer.json<{ fields: object }>()).fields), query).toEqual([field]);
    }
  });

  it("finds nothing, rather than everything or an error, for signs alone", async () => {
    const tenant = await freshTenant();
    await tenant.company.post(alert(1));
    await listed(tenant, 1);
    for (const q of ['"', "* OR *", "-- ' ;", "scope:", "NEAR(a b)", "body : x"]) {
      const answer = await tenant.api(`/api/incidents?q=${encodeURIComponent(q)}`);
      expect(answer.status, q).toBe(200);
      expect((await answer.json<Page<Incident>>()).items, q).toEqual([]);
    }
  });
});
