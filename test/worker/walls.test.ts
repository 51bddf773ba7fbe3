import { SELF } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import type { Role } from "../../core/actor.ts";
import type { Alert } from "../../core/alert.ts";
import type { Route } from "../../worker/api/route.ts";
import { routes } from "../../worker/api/routes.ts";
import { newSession } from "../../worker/auth/session.ts";
import { API } from "../support/addresses.ts";
import { freshTenant, type TestTenant } from "../support/fresh-tenant.ts";

const BODIES: Record<string, unknown> = {
  "PATCH /api/companies/{id}": { name: "Taken over" },
  "PUT /api/companies/{id}/correlation": { strategy: "asset" },
  "PUT /api/companies/{id}/rate-limit": { requests_per_minute: 1, burst: 1 },
  "PUT /api/companies/{id}/security": { hmac_required: false, ip_allowlist: [] },
  "POST /api/companies": { name: "Fabrikam" },
  "POST /api/incidents/{id}/resolve": { notes: "gone" },
};
/** Routes that answer for the caller's own tenant, whoever that is. */
const OWN = new Set(["GET /api/me", "POST /api/auth/logout", "GET /api/companies", "POST /api/companies"]);

const nameOf = (route: Route) => `${route.method} ${route.path}`;
const guarded = routes.filter((route) => route.access !== "public");

let owner: TestTenant;
let stranger: TestTenant;
let alert: Alert;

function fill(route: Route): string {
  const id = route.path.includes("/incidents/")
    ? alert.incident_id
    : route.path.includes("/alerts/")
      ? alert.id
      : owner.company.company.id;
  return route.path.replace("{id}", id ?? "").replace("{key_id}", "key_00000000");
}

async function send(route: Route, cookie: string | null, path = fill(route)): Promise<Response> {
  const json = BODIES[nameOf(route)] ?? (route.body ? {} : undefined);
  return SELF.fetch(`${API}${path}`, {
    method: route.method,
    headers: { origin: API, ...(cookie && { cookie }) },
    ...(json !== undefined && { body: JSON.stringify(json) }),
  });
}

/** Somebody of the owner's MSP with another role, who sees these companies alone. */
async function colleague(role: Role, companies: string[]): Promise<string> {
  const id = `us_${crypto.randomUUID()}`;
  const msp = owner.me.msp.id;
  await env.DB.prepare(
    "INSERT INTO users (id, msp_id, email, name, role, password_hash, created_at) VALUES (?1, ?2, ?3, 'A colleague', ?4, 'none', 0)",
  )
    .bind(id, msp, `${id}@example.com`, role)
    .run();
  for (const company of companies)
    await env.DB.prepare("INSERT INTO user_companies VALUES (?1, ?2, ?3)").bind(id, company, msp).run();
  const { row, token } = await newSession(env, id, msp, Date.now());
  await env.DB.prepare(
    "INSERT INTO sessions (id, msp_id, user_id, created_at, expires_at) VALUES (?1, ?2, ?3, ?4, ?5)",
  )
    .bind(row.id, msp, id, row.created_at, row.expires_at)
    .run();
  return `aw_session=${token}`;
}

beforeAll(async () => {
  owner = await freshTenant("Owner");
  stranger = await freshTenant("Stranger");
  const taken = await owner.company.post({
    asset_name: "web-1",
    signature: "High CPU usage",
    severity: "critical",
    message: "busy",
    tool_source: "zabbix",
  });
  const { alert_id } = await taken.json<{ alert_id: string }>();
  alert = await (await owner.api(`/api/alerts/${alert_id}`)).json<Alert>();
});

describe("no session", () => {
  it.each(guarded.map(nameOf))("%s answers 401", async (name) => {
    const route = guarded.find((one) => nameOf(one) === name)!;
    const answer = await send(route, null);
    expect([answer.status, (await answer.json<{ error: string }>()).error]).toEqual([401, "unauthenticated"]);
  });
});

describe("another MSP's admin", () => {
  const withId = guarded.filter((route) => route.path.includes("{id}"));

  it.each(withId.map(nameOf))("%s answers as if it did not exist", async (name) => {
    const route = withId.find((one) => nameOf(one) === name)!;
    const foreign = await send(route, stranger.cookie);
    expect(foreign.status).toBe(404);
    const unknown = await send(
      route,
      stranger.cookie,
      fill(route).replace(/_[0-9a-z]{16}/, "_zzzzzzzzzzzzzzzz"),
    );
    expect(unknown.status).toBe(404);
    expect(await foreign.json()).toEqual(await unknown.json());
  });

  it("sees nothing in any list, and changes nothing", async () => {
    const company_id = owner.company.company.id;
    for (const path of ["/api/incidents", "/api/kpis", "/api/alerts"])
      expect((await stranger.api(`${path}?company_id=${company_id}`)).status, path).toBe(404);
    expect((await stranger.api(`/api/alerts?incident_id=${alert.incident_id}`)).status).toBe(404);
    for (const path of ["/api/incidents", "/api/alerts", "/api/incidents?q=cpu"]) {
      const page = await (await stranger.api(path)).json<{ items: unknown[] }>();
      expect(page.items, path).toEqual([]);
    }
    expect(await (await owner.api(`/api/companies/${company_id}`)).json()).toMatchObject({
      name: "Test Company",
      security: { hmac_required: true },
    });
    expect(await (await owner.api(`/api/incidents/${alert.incident_id}`)).json()).toMatchObject({
      status: "new",
    });
  });
});

describe("colleagues", () => {
  it("see their companies alone", async () => {
    const other = await owner.createCompany("Other Company");
    const cookie = await colleague("technician", [other.company.id]);
    const get = (path: string) => SELF.fetch(`${API}${path}`, { headers: { cookie } });
    const list = await (await get("/api/companies")).json<{ items: { id: string }[] }>();
    expect(list.items.map((one) => one.id)).toEqual([other.company.id]);
    for (const route of guarded.filter((one) => one.path.includes("{id}") && one.method === "GET"))
      expect((await send(route, cookie)).status, nameOf(route)).toBe(404);
    for (const path of [
      "/api/incidents",
      "/api/incidents?q=cpu",
      "/api/incidents?sort=updated",
      "/api/alerts",
    ])
      expect((await (await get(path)).json<{ items: unknown[] }>()).items, path).toEqual([]);
    expect(await (await get("/api/kpis")).json()).toMatchObject({
      active_incidents: 0,
      alerts: 0,
      incidents: 0,
    });
  });

  it("may do what their role may, and are told 403 for the rest", async () => {
    const company = owner.company.company.id;
    for (const role of ["technician", "company_admin", "client"] as const) {
      const cookie = await colleague(role, [company]);
      for (const route of guarded) {
        if (route.access === "public" || route.access.includes(role) || OWN.has(nameOf(route))) continue;
        const answer = await send(route, cookie);
        expect([nameOf(route), answer.status]).toEqual([nameOf(route), 403]);
        expect(await answer.json()).toMatchObject({ error: "forbidden" });
      }
      expect(
        (await SELF.fetch(`${API}/api/kpis?company_id=${company}`, { headers: { cookie } })).status,
      ).toBe(200);
    }
    const technician = await colleague("technician", [company]);
    const create = routes.find((route) => nameOf(route) === "POST /api/companies")!;
    expect((await send(create, technician)).status).toBe(403);
  });
});
