import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it } from "vitest";
import { newVisitor, notedActions, signUp, type Visitor } from "../support/visitor.ts";
import { moveClock } from "../support/wall-clock.ts";

const MINUTE = 60_000;
interface Made {
  id: string;
  token: string;
  last_used_at: string | null;
}

let clock: ReturnType<typeof moveClock> | null = null;
afterEach(() => {
  clock?.restore();
  clock = null;
});

const make = async (visitor: Visitor, scopes: string[], more: object = {}) =>
  (await visitor.call("POST", "/api/me/tokens", { name: "CI", scopes, ...more })).json<Made>();

/** A program: no cookies, no origin. */
function program(token: string) {
  const visitor = newVisitor();
  return (method: string, path: string, json?: unknown, headers: Record<string, string> = {}) =>
    visitor.call(method, path, json, { authorization: `Bearer ${token}`, origin: "", ...headers });
}

describe("a personal access token", () => {
  it("is shown once, kept as a hash, and does what its scopes say", async () => {
    const { email, visitor } = await signUp();
    const made = await make(visitor, ["read", "companies:write"]);
    expect(made.token).toMatch(/^awp_[\w-]{43}$/);
    const list = await visitor.call("GET", "/api/me/tokens");
    const text = await list.text();
    expect(text).toContain(made.id);
    expect(text).not.toContain(made.token);
    const rows = await env.DB.prepare("SELECT * FROM personal_tokens").all();
    expect(JSON.stringify(rows.results)).not.toContain(made.token.slice(4));

    const call = program(made.token);
    expect(await (await call("GET", "/api/me")).json()).toMatchObject({ user: { email } });
    const created = await call("POST", "/api/companies", { name: "By a token" });
    expect(created.status).toBe(201);
    const { company } = await created.json<{ company: { id: string } }>();
    for (const [method, path, why] of [
      ["GET", "/api/audit", "audit:read"],
      ["POST", `/api/companies/${company.id}/api-keys`, "signed-in session"],
      ["GET", "/api/me/tokens", "signed-in session"],
      ["POST", "/api/me/password", "signed-in session"],
      ["GET", "/api/me/sessions", "signed-in session"],
      ["POST", "/api/auth/logout", "signed-in session"],
    ] as const) {
      const answer = await call(method, path, method === "POST" ? {} : undefined);
      expect([path, answer.status]).toEqual([path, 403]);
      expect(await answer.json()).toMatchObject({ detail: expect.stringContaining(why) });
    }
    const live = await call("GET", "/api/live", undefined, { upgrade: "websocket" });
    expect(live.status).toBe(403);
    const noted = await env.DB.prepare(
      "SELECT payload FROM audit_entries WHERE action = 'company.created' AND company_id = ?1",
    )
      .bind(company.id)
      .first<{ payload: string }>();
    if (noted)
      expect(JSON.parse(noted.payload)).toMatchObject({
        actor: { type: "token" },
        from: { token_id: made.id },
      });
    expect(await notedActions(email)).toContain("token.created");
  });

  it("is good until revoked, until its end, and while its person is there", async () => {
    clock = moveClock();
    const { email, visitor } = await signUp();
    const ends = new Date(Date.now() + 10 * MINUTE).toISOString();
    const short = await make(visitor, ["read"], { expires_at: ends });
    const long = await make(visitor, ["read"]);
    const status = async (token: string) => (await program(token)("GET", "/api/companies")).status;
    expect([await status(short.token), await status(long.token)]).toEqual([200, 200]);
    clock.forward(10 * MINUTE);
    expect([await status(short.token), await status(long.token)]).toEqual([401, 200]);
    const stranger = await signUp();
    expect((await stranger.visitor.call("DELETE", `/api/me/tokens/${long.id}`)).status).toBe(404);
    const kept = await make(visitor, ["read"]);
    expect((await visitor.call("DELETE", `/api/me/tokens/${long.id}`)).status).toBe(204);
    expect(await status(long.token)).toBe(401);
    expect((await visitor.call("DELETE", `/api/me/tokens/${long.id}`)).status).toBe(404);
    expect(await status(`${kept.token.slice(0, -1)}x`)).toBe(401);
    await env.DB.prepare("UPDATE users SET disabled_at = 1 WHERE email = ?1").bind(email).run();
    expect(await status(kept.token)).toBe(401);
    const past = await stranger.visitor.call("POST", "/api/me/tokens", {
      name: "late",
      scopes: ["read"],
      expires_at: ends,
    });
    expect(await past.json()).toMatchObject({ fields: { expires_at: expect.any(String) } });
  });

  it("says when it was last used, to the minute", async () => {
    clock = moveClock();
    const { visitor } = await signUp();
    const { token } = await make(visitor, ["read"]);
    const used = async () => {
      const list = await visitor.call("GET", "/api/me/tokens");
      return (await list.json<{ items: Made[] }>()).items[0]?.last_used_at;
    };
    expect(await used()).toBeNull();
    const call = program(token);
    await call("GET", "/api/companies");
    const first = await used();
    expect(Date.parse(first ?? "")).toBe(Date.now());
    clock.forward(MINUTE - 1);
    await call("GET", "/api/companies");
    expect(await used()).toBe(first);
    clock.forward(1);
    await call("GET", "/api/companies");
    expect(Date.parse((await used()) ?? "")).toBe(Date.now());
  });

  it("goes before a cookie, and no role does more by it", async () => {
    const { visitor } = await signUp();
    const { token } = await make(visitor, ["read", "companies:write"]);
    const other = await signUp();
    const answer = await other.visitor.call("GET", "/api/me", undefined, {
      authorization: `Bearer ${token}`,
    });
    const me = await answer.json<{ user: { id: string } }>();
    const own = await (await visitor.call("GET", "/api/me")).json<{ user: { id: string } }>();
    expect(me.user.id).toBe(own.user.id);
    const bad = await other.visitor.call("GET", "/api/me", undefined, { authorization: "Bearer awp_no" });
    expect(bad.status).toBe(401);
    await env.DB.prepare("UPDATE users SET role = 'technician' WHERE id = ?1").bind(own.user.id).run();
    expect((await program(token)("POST", "/api/companies", { name: "Not mine to add" })).status).toBe(403);
    await env.DB.prepare("UPDATE users SET role = 'client' WHERE id = ?1").bind(own.user.id).run();
    expect((await visitor.call("POST", "/api/me/tokens", { name: "x", scopes: ["read"] })).status).toBe(403);
  });

  it("needs a name and scopes that there are", async () => {
    const { visitor } = await signUp();
    const answer = await visitor.call("POST", "/api/me/tokens", { name: " ", scopes: [] });
    const { fields } = await answer.json<{ fields: Record<string, string> }>();
    expect(Object.keys(fields).sort()).toEqual(["name", "scopes"]);
    const unknown = await visitor.call("POST", "/api/me/tokens", { name: "x", scopes: ["everything"] });
    expect(unknown.status).toBe(422);
  });
});
