import { SELF } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { API } from "../support/addresses.ts";
import { freshTenant } from "../support/fresh-tenant.ts";

let network = 0;
/** A source address of its own, so that attempts of one test never limit another's. */
const address = () => `192.0.2.${++network}`;

function post(path: string, json: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return SELF.fetch(`${API}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", "cf-connecting-ip": address(), ...headers },
    body: typeof json === "string" ? json : JSON.stringify(json),
  });
}

const person = () => ({
  msp_name: "Northwind Care",
  name: "Ada Lovelace",
  email: `${crypto.randomUUID()}@Example.com`,
  password: "correct horse 7 battery",
});

describe("sign-up", () => {
  it("makes an MSP with its admin, signed in by an httpOnly cookie", async () => {
    const input = person();
    const answer = await post("/api/auth/signup", input);
    expect(answer.status).toBe(201);
    const cookie = answer.headers.get("set-cookie") ?? "";
    expect(cookie).toContain("HttpOnly");
    expect(cookie).toContain("SameSite=Lax");
    const me = await answer.json<Record<string, Record<string, string>>>();
    expect(me).toMatchObject({
      user: { name: "Ada Lovelace", email: input.email.toLowerCase(), role: "msp_admin" },
      msp: { name: "Northwind Care" },
      companies: "all",
    });
    const row = await env.DB.prepare("SELECT * FROM users WHERE email = ?1")
      .bind(input.email.toLowerCase())
      .first<{ password_hash: string }>();
    expect(row?.password_hash).toMatch(/^scrypt\$16384\$8\$5\$/);
    const again = await SELF.fetch(`${API}/api/me`, { headers: { cookie: cookie.split(";")[0] ?? "" } });
    expect(await again.json()).toEqual(me);
  });

  it("refuses an address that is taken, in any spelling, and says so", async () => {
    const input = person();
    await post("/api/auth/signup", input);
    const answer = await post("/api/auth/signup", { ...input, email: input.email.toUpperCase() });
    expect(answer.status).toBe(409);
    expect(await answer.json()).toMatchObject({
      error: "email_taken",
      fields: { email: expect.any(String) },
    });
  });

  it("names each field that is not right", async () => {
    const answer = await post("/api/auth/signup", {
      msp_name: " ",
      name: "A",
      email: "nobody",
      password: "short",
    });
    expect(answer.status).toBe(422);
    const body = await answer.json<{ error: string; fields: Record<string, string> }>();
    expect(body.error).toBe("validation_failed");
    expect(Object.keys(body.fields).sort()).toEqual(["email", "msp_name", "password"]);
  });

  it("refuses a password made of one's own name", async () => {
    const answer = await post("/api/auth/signup", { ...person(), password: "lovelace-2026" });
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({ fields: { password: expect.stringContaining("own name") } });
  });

  it("answers exactly to what is not JSON and to what is too large", async () => {
    expect((await post("/api/auth/signup", "{nope")).status).toBe(400);
    expect((await post("/api/auth/signup", `"${"x".repeat(1024 * 1024)}"`)).status).toBe(413);
    expect((await post("/api/auth/signup", '{"__proto__": {"name": "x"}}')).status).toBe(422);
  });
});

describe("signing in and out", () => {
  it("gives a session that ends with signing out", async () => {
    const tenant = await freshTenant();
    const login = await post("/api/auth/login", { email: tenant.email, password: tenant.password });
    expect(login.status).toBe(200);
    const cookie = (login.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
    const me = () => SELF.fetch(`${API}/api/me`, { headers: { cookie } });
    expect((await me()).status).toBe(200);
    const logout = await post("/api/auth/logout", {}, { cookie, origin: API });
    expect(logout.status).toBe(204);
    expect(logout.headers.get("set-cookie")).toContain("Max-Age=0");
    expect((await me()).status).toBe(401);
    // The other session of the same person goes on.
    expect((await tenant.api("/api/me")).status).toBe(200);
  });

  it("closes the session's sockets when it ends", async () => {
    const tenant = await freshTenant();
    const answer = await SELF.fetch(`${API}/api/live`, {
      headers: { upgrade: "websocket", cookie: tenant.cookie },
    });
    const socket = answer.webSocket!;
    const closed = new Promise<number>((resolve) =>
      socket.addEventListener("close", (event) => resolve(event.code)),
    );
    socket.accept();
    expect((await tenant.api("/api/auth/logout", { method: "POST" })).status).toBe(204);
    expect(await closed).toBe(4001);
    const again = await SELF.fetch(`${API}/api/live`, {
      headers: { upgrade: "websocket", cookie: tenant.cookie },
    });
    expect(again.status).toBe(401);
  });

  it("never tells whether an address has an account", async () => {
    const tenant = await freshTenant();
    const wrong = await post("/api/auth/login", { email: tenant.email, password: "not the password" });
    const nobody = await post("/api/auth/login", {
      email: "nobody@example.com",
      password: "not the password",
    });
    expect([wrong.status, nobody.status]).toEqual([401, 401]);
    const body = await wrong.json();
    expect(body).toMatchObject({ error: "invalid_credentials" });
    expect(await nobody.json()).toEqual(body);
  });

  it("limits attempts per source address", async () => {
    const from = { "cf-connecting-ip": "203.0.113.7" };
    const attempt = () => post("/api/auth/login", { email: "n@example.com", password: "nobody's" }, from);
    let last = await attempt();
    // The limiter counts by the clock's minute: a run that crosses one may need twice the limit.
    for (let i = 0; i < 70 && last.status === 401; i++) last = await attempt();
    expect(last.status).toBe(429);
    expect(Number(last.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await last.json()).toMatchObject({ error: "too_many_failures" });
  });

  it("refuses a forged, an unsigned and a foreign token", async () => {
    const tenant = await freshTenant();
    const [name, token] = tenant.cookie.split("=");
    const none = btoa('{"alg":"none"}').replaceAll("=", "");
    const parts = (token ?? "").split(".");
    for (const forged of [`${token}x`, `${none}.${parts[1]}.`, "abc", "a.b.c"]) {
      const answer = await SELF.fetch(`${API}/api/me`, { headers: { cookie: `${name}=${forged}` } });
      expect(answer.status).toBe(401);
    }
  });

  it("refuses a session past its end", async () => {
    const tenant = await freshTenant();
    await env.DB.prepare("UPDATE sessions SET expires_at = 1 WHERE id = ?1").bind(tenant.me.session.id).run();
    expect((await tenant.api("/api/me")).status).toBe(401);
  });
});

describe("where a change comes from", () => {
  it("refuses another site's, whatever of it the browser tells", async () => {
    const tenant = await freshTenant();
    const change = (headers: Record<string, string>) =>
      post("/api/companies", { name: "Fabrikam" }, { cookie: tenant.cookie, ...headers });
    const foreign: Record<string, string>[] = [
      { origin: "https://evil.example" },
      { origin: "null" },
      { referer: "https://evil.example/page" },
      { referer: "about:client" },
      { "sec-fetch-site": "cross-site" },
      { origin: API, "sec-fetch-site": "cross-site" },
    ];
    for (const headers of foreign) {
      const answer = await change(headers);
      expect(answer.status).toBe(403);
      expect(await answer.json()).toMatchObject({ error: "bad_origin" });
    }
    expect((await change({ origin: API })).status).toBe(201);
    expect((await change({ referer: `${API}/companies/new` })).status).toBe(201);
  });

  it("takes a program's that keeps its cookie itself and names no page", async () => {
    const tenant = await freshTenant();
    const answer = await post("/api/companies", { name: "Fabrikam" }, { cookie: tenant.cookie });
    expect(answer.status).toBe(201);
  });
});
