import { createExecutionContext, SELF } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";
import { createApp, type Pages } from "../../worker/app.ts";
import type { Env } from "../../worker/env.ts";
import { contentSecurityPolicy } from "../../worker/pages.ts";
import { API } from "../support/addresses.ts";
import { freshTenant, type TestTenant } from "../support/fresh-tenant.ts";

const noPages: Pages = async () => new Response("a page");

/** A database that fails as one that cannot be reached, and counts how often it was asked. */
function brokenDatabase() {
  let asked = 0;
  const failing = () => {
    asked += 1;
    return Promise.reject(new Error("D1_ERROR: Network connection lost. SELECT secret FROM inside"));
  };
  const statement: Record<string, unknown> = { first: failing, all: failing, run: failing, raw: failing };
  statement.bind = () => statement;
  const db = { prepare: () => statement, batch: failing } as unknown as D1Database;
  return { db, asked: () => asked };
}

async function call(tenant: TestTenant, path: string, over: Partial<Env>, init: RequestInit = {}) {
  const headers = { cookie: tenant.cookie, origin: API, ...(init.headers as Record<string, string>) };
  const request = new Request(`${API}${path}`, { ...init, headers });
  return createApp({ pages: noPages }).fetch(request, { ...env, ...over }, createExecutionContext());
}

describe("without its database", () => {
  it("trusts a session it has just verified, serves what objects know, and says that lists are away", async () => {
    const tenant = await freshTenant();
    const id = tenant.company.company.id;
    const taken = await tenant.company.post({
      asset_name: "web-1",
      signature: "High CPU usage",
      severity: "high",
      message: "busy",
      tool_source: "zabbix",
    });
    const { alert_id } = await taken.json<{ alert_id: string }>();
    const alert = await (await tenant.api(`/api/alerts/${alert_id}`)).json<{ incident_id: string }>();
    expect((await call(tenant, "/api/me", {})).status).toBe(200);

    const away = { DB: brokenDatabase().db };
    for (const path of [
      "/api/me",
      `/api/incidents/${alert.incident_id}`,
      `/api/alerts?company_id=${id}`,
      "/api/alerts",
    ])
      expect((await call(tenant, path, away)).status, path).toBe(200);
    for (const path of ["/api/incidents", "/api/companies", `/api/companies/${id}`, "/api/kpis"]) {
      const answer = await call(tenant, path, away);
      expect(answer.status, path).toBe(503);
      expect(answer.headers.get("retry-after"), path).toBe("5");
      const text = await answer.text();
      expect(JSON.parse(text), path).toMatchObject({ error: "unavailable", detail: expect.any(String) });
      expect(text).not.toMatch(/D1|SELECT|secret/);
    }
    const health = await call(tenant, "/healthz", away);
    expect(health.status).toBe(200);
    expect(await health.json()).toMatchObject({ ok: true, d1: "down" });
  });

  it("trusts nobody it has not seen, and no one for longer than a minute", async () => {
    const tenant = await freshTenant();
    const away = { DB: brokenDatabase().db };
    const unseen = { ...tenant, cookie: (await signIn(tenant)).cookie };
    expect((await call(unseen, "/api/me", away)).status).toBe(503);
    expect((await call(tenant, "/api/me", {})).status).toBe(200);
    expect((await call(tenant, "/api/me", away)).status).toBe(200);
    const later = Date.now() + 61_000;
    const clock = vi.spyOn(Date, "now").mockReturnValue(later);
    expect((await call(tenant, "/api/me", away)).status).toBe(503);
    clock.mockRestore();
  });
});

async function signIn(tenant: TestTenant): Promise<{ cookie: string }> {
  const answer = await SELF.fetch(`${API}/api/auth/login`, {
    method: "POST",
    headers: { "cf-connecting-ip": `198.51.100.${Math.floor(Math.random() * 250)}` },
    body: JSON.stringify({ email: tenant.email, password: tenant.password }),
  });
  expect(answer.status).toBe(200);
  return { cookie: (answer.headers.get("set-cookie") ?? "").split(";")[0] ?? "" };
}

describe("an exception", () => {
  it("tells nothing of the inside", async () => {
    const tenant = await freshTenant();
    const broken = {
      idFromName: () => {
        throw new TypeError("cannot read the inside of /srv/secret");
      },
    } as unknown as Env["COMPANY"];
    const answer = await call(
      tenant,
      "/api/companies",
      { COMPANY: broken },
      {
        method: "POST",
        body: JSON.stringify({ name: "Fabrikam" }),
      },
    );
    expect(answer.status).toBe(500);
    const text = await answer.text();
    expect(JSON.parse(text)).toEqual({ error: "internal", detail: expect.any(String) });
    expect(text).not.toContain("inside");
    // What could not be made whole is not there at all.
    const list = await (await tenant.api("/api/companies")).json<{ items: unknown[] }>();
    expect(list.items).toHaveLength(1);
  });
});

describe("limits of the operator", () => {
  it("bind the rate limit that a company may set", async () => {
    const tenant = await freshTenant();
    const path = `/api/companies/${tenant.company.company.id}/rate-limit`;
    const put = (requests_per_minute: number) =>
      call(
        tenant,
        path,
        { RATE_LIMIT_MAX: "1000" },
        {
          method: "PUT",
          body: JSON.stringify({ requests_per_minute, burst: 10 }),
        },
      );
    expect((await put(1000)).status).toBe(200);
    expect((await put(1001)).status).toBe(422);
  });
});

describe("headers", () => {
  it("keep browsers from guessing, framing and storing", async () => {
    const answer = await SELF.fetch(`${API}/healthz`);
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    expect(answer.headers.get("x-frame-options")).toBe("DENY");
    expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(answer.headers.get("strict-transport-security")).toBeNull();
    const secure = await SELF.fetch("https://alerts.example.com/healthz");
    expect(secure.headers.get("strict-transport-security")).toContain("max-age");
  });

  it("ask for Secure everywhere but on this machine", async () => {
    const signup = (origin: string) =>
      SELF.fetch(`${origin}/api/auth/signup`, {
        method: "POST",
        headers: { origin, "cf-connecting-ip": `198.18.0.${Math.floor(Math.random() * 250)}` },
        body: JSON.stringify({
          msp_name: "An MSP",
          name: "Grace",
          email: `${crypto.randomUUID()}@example.com`,
          password: "correct horse battery",
        }),
      });
    const cookie = async (origin: string) => (await signup(origin)).headers.get("set-cookie") ?? "";
    expect(await cookie("https://alerts.example.com")).toMatch(/^__Host-aw_session=.+; Secure$/);
    expect(await cookie("http://alerts.example.com")).toMatch(/^__Host-aw_session=.+; Secure$/);
    expect(await cookie("http://localhost:8787")).toMatch(/^aw_session=(?!.*Secure)/);
  });

  it("allow scripts by nonce alone and sockets to this very host", () => {
    const policy = contentSecurityPolicy("abc", new URL("https://alerts.example.com/x"));
    expect(policy).toContain("script-src 'nonce-abc' 'strict-dynamic'");
    expect(policy).toContain("connect-src 'self' wss://alerts.example.com");
    expect(policy).not.toContain("unsafe-eval");
    expect(contentSecurityPolicy("abc", new URL(API))).toContain("ws://127.0.0.1:8787");
  });

  it("leave a WebSocket upgrade alone, and refuse one from another site", async () => {
    const tenant = await freshTenant();
    const upgrade = (origin: string) =>
      SELF.fetch(`${API}/api/live`, { headers: { upgrade: "websocket", cookie: tenant.cookie, origin } });
    const live = await upgrade(API);
    expect(live.status).toBe(101);
    live.webSocket?.accept();
    live.webSocket?.close();
    expect((await upgrade("https://evil.example")).status).toBe(403);
  });
});

describe("the log", () => {
  it("names routes and never keys, queries or tokens", async () => {
    const lines: string[] = [];
    const spy = vi.spyOn(console, "log").mockImplementation((line: string) => void lines.push(line));
    const tenant = await freshTenant();
    await tenant.api("/api/incidents?q=very-private-words");
    await tenant.api("/api/incidents/in_0123456789abcdef_1?api_key=aw_secretsecret");
    spy.mockRestore();
    const all = lines.join("\n");
    expect(all).toContain('"route":"/api/incidents/{id}"');
    for (const secret of ["very-private", "aw_secret", tenant.password, tenant.cookie.split("=")[1]!])
      expect(all).not.toContain(secret);
  });
});

describe("a page's calls", () => {
  it("read the session once for all of them", async () => {
    const tenant = await freshTenant();
    let reads = 0;
    const db = new Proxy(env.DB, {
      get(target, name) {
        if (name === "prepare")
          return (sql: string) => {
            if (/from "sessions"/i.test(sql)) reads += 1;
            return target.prepare(sql);
          };
        const value = Reflect.get(target, name) as unknown;
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
    const { shareSession } = await import("../../worker/auth/authenticate.ts");
    const threeCalls: Pages = async (request, _env, _ctx, api) => {
      const memo = new Map();
      const statuses = await Promise.all(
        ["/api/me", "/api/companies", "/api/kpis"].map(async (path) => {
          const own = new Request(`${API}${path}`, {
            headers: { cookie: request.headers.get("cookie") ?? "" },
          });
          shareSession(own, memo);
          return (await api(own)).status;
        }),
      );
      return Response.json(statuses);
    };
    const page = new Request(`${API}/overview`, { headers: { cookie: tenant.cookie } });
    const answer = await createApp({ pages: threeCalls }).fetch(
      page,
      { ...env, DB: db },
      createExecutionContext(),
    );
    expect(await answer.json()).toEqual([200, 200, 200]);
    expect(reads).toBe(1);
  });
});

describe("the document", () => {
  it("describes every route with its schemas", async () => {
    const answer = await SELF.fetch(`${API}/api/openapi.json`);
    const document = await answer.json<{
      openapi: string;
      paths: Record<string, Record<string, { responses: Record<string, unknown>; requestBody?: unknown }>>;
    }>();
    expect(document.openapi).toBe("3.1.0");
    const { routes } = await import("../../worker/api/routes.ts");
    for (const route of routes) {
      const operation = document.paths[route.path]?.[route.method.toLowerCase()];
      expect(operation, `${route.method} ${route.path}`).toBeDefined();
      expect(Object.keys(operation!.responses)).toContain(String(route.success.status));
      if (route.body) expect(operation!.requestBody, route.path).toBeDefined();
    }
    expect(document.paths["/api/webhooks/alerts"]).toBeDefined();
    expect(JSON.stringify(document.paths["/api/auth/signup"])).toContain("password");
  });
});
