import { SELF } from "cloudflare:test";
import { beforeAll, describe, expect, it } from "vitest";
import { routes } from "../../worker/api/routes.ts";
import { contentSecurityPolicy } from "../../worker/pages.ts";
import { API } from "../support/addresses.ts";
import { png } from "../support/png.ts";
import { requestFor, send } from "./call.ts";
import { settle, stateOf } from "./digest.ts";
import { entryOf, nameOf } from "./entries/index.ts";
import { newWorld, type World } from "./world.ts";

const HTTPS = "https://alerts.example.com";

let world: World;
beforeAll(async () => {
  world = await newWorld();
}, 60_000);

/** One answer of every kind: data, a file, each sort of error, a page. */
function answers(): [string, () => Promise<Response>][] {
  const { owner, a } = world;
  return [
    ["data", () => owner.api("/api/me")],
    ["a file", () => owner.api("/api/audit?format=csv")],
    ["no session", () => SELF.fetch(`${API}/api/me`)],
    ["no such thing", () => owner.api("/api/incidents/none")],
    ["no such address", () => owner.api("/api/none")],
    ["no such method", () => owner.api("/api/me", { method: "PUT" })],
    ["no JSON", () => owner.api(`/api/companies/${a}`, { method: "PATCH", body: "{" })],
    ["wrong fields", () => owner.api(`/api/companies/${a}`, { method: "PATCH", json: { name: 1 } })],
    [
      "another site",
      () => owner.api("/api/auth/logout", { method: "POST", headers: { "sec-fetch-site": "cross-site" } }),
    ],
    ["health", () => SELF.fetch(`${API}/healthz`)],
    ["a page that cannot be made", () => SELF.fetch(`${API}/login`)],
  ];
}

describe("every answer", () => {
  it("says what browsers must not do with it", async () => {
    for (const [kind, ask] of answers()) {
      const { headers, body } = await ask();
      await body?.cancel();
      expect(headers.get("x-content-type-options"), kind).toBe("nosniff");
      expect(headers.get("x-frame-options"), kind).toBe("DENY");
      expect(headers.get("referrer-policy"), kind).toBe("same-origin");
      expect(headers.get("cross-origin-opener-policy"), kind).toBe("same-origin");
      expect(headers.get("cross-origin-resource-policy"), kind).toBe("same-origin");
      expect(headers.get("permissions-policy"), kind).toContain("camera=()");
      const policy = headers.get("content-security-policy") ?? "";
      expect(policy, kind).toContain("frame-ancestors 'none'");
      expect(policy, kind).toContain("base-uri 'none'");
      expect(policy, kind).not.toMatch(/script-src[^;]*unsafe|\*(;|$)/);
      expect(policy, kind).toContain("default-src 'none'");
      expect(headers.get("cache-control"), kind).toMatch(/no-store/);
    }
  });

  it("opens to no other site, and asks over https for https alone", async () => {
    for (const [kind, ask] of answers()) {
      const names = [...(await ask()).headers.keys()];
      expect(
        names.filter((name) => name.startsWith("access-control-")),
        kind,
      ).toEqual([]);
    }
    const preflight = await SELF.fetch(`${API}/api/me`, {
      method: "OPTIONS",
      headers: { origin: "https://evil.example", "access-control-request-method": "GET" },
    });
    expect([preflight.status, preflight.headers.get("access-control-allow-origin")]).toEqual([405, null]);
    const secure = await SELF.fetch(`${HTTPS}/healthz`);
    expect(secure.headers.get("strict-transport-security")).toContain("max-age=31536000");
  });

  it("takes a method from nowhere but the request line", async () => {
    const { owner, a } = world;
    for (const name of ["x-http-method-override", "x-http-method", "x-method-override"]) {
      const answer = await owner.api(`/api/companies/${a}`, {
        method: "POST",
        headers: { [name]: "PATCH" },
        json: { name: "Taken" },
      });
      expect([name, answer.status]).toEqual([name, 405]);
    }
    const query = await owner.api(`/api/companies/${a}?_method=DELETE`);
    expect(query.status).toBe(200);
  });
});

it("pages run their own scripts alone: by nonce, none inline, none evaluated", () => {
  const policy = contentSecurityPolicy("abc", new URL(HTTPS));
  expect(policy).toContain("script-src 'nonce-abc' 'strict-dynamic';");
  expect(policy).toContain("connect-src 'self' wss://alerts.example.com;");
  expect(policy).toContain("object-src 'none'");
  expect(policy).toContain("form-action 'self'");
  expect(policy.replace("style-src-attr 'unsafe-inline'", "")).not.toMatch(/unsafe|\*/);
});

describe("the session's cookie", () => {
  const signIn = async (origin: string) => {
    const { email, password } = world.owner;
    const answer = await SELF.fetch(`${origin}/api/auth/login`, {
      method: "POST",
      headers: { origin, "cf-connecting-ip": "10.9.8.7" },
      body: JSON.stringify({ email, password }),
    });
    expect(answer.status).toBe(200);
    return answer.headers.getSetCookie().find((cookie) => cookie.includes("aw_session=")) ?? "";
  };

  it("is bound to the host and to https there, and never to be read by scripts", async () => {
    const cookie = await signIn(HTTPS);
    expect(cookie).toMatch(/^__Host-aw_session=/);
    for (const flag of ["Path=/", "HttpOnly", "Secure", "SameSite=Lax"]) expect(cookie).toContain(flag);
    expect(cookie).not.toMatch(/domain=/i);
    const plain = await signIn(API);
    expect(plain).toMatch(/^aw_session=.*HttpOnly; SameSite=Lax/);
  });

  it("is not taken under its plain name over https, nor over http from another machine", async () => {
    const token = world.owner.cookie.split("=")[1];
    for (const origin of [HTTPS, "http://alerts.example.com"])
      expect(
        (await SELF.fetch(`${origin}/api/me`, { headers: { cookie: `aw_session=${token}` } })).status,
      ).toBe(401);
  });
});

describe("bodies", () => {
  const taking = routes
    .filter((route) => route.body && route.access !== "public")
    .map((route) => [nameOf(route), route] as const);

  it.each(taking)("%s takes no more than it can use", async (_, route) => {
    const entry = entryOf(route);
    const who = {
      id: world.owner.me.user.id,
      session_id: world.owner.me.session.id,
      cookie: world.owner.cookie,
    };
    const made = entry.of === "company" || entry.of === "msp" ? ((await entry.make?.(world, who)) ?? {}) : {};
    const before = await settle(world);
    const raw = `{"a":"${"x".repeat(9 * 1024 * 1024)}"}`;
    const { body: _body, ...rest } = made;
    const request = requestFor(route, { ...rest, raw }, { cookie: who.cookie });
    if (route.access.startsWith("portal.")) return;
    const answer = await send(request);
    expect([answer.status, (await answer.json<{ error: string }>()).error]).toEqual([
      413,
      "payload_too_large",
    ]);
    expect(await stateOf(world)).toEqual(before);
  });
});

describe("an uploaded logo", () => {
  const upload = async (bytes: Uint8Array<ArrayBuffer> | string, type = "image/png") => {
    const path = `/api/companies/${world.a}/branding/logo`;
    return world.owner.api(path, { method: "PUT", body: bytes, headers: { "content-type": type } });
  };
  const text = (content: string) => new TextEncoder().encode(content);
  const join = (...parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts));

  it("is judged by its bytes, whatever it is called", async () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
    const refused: [string, Uint8Array<ArrayBuffer> | string][] = [
      ["nothing", ""],
      ["SVG", svg],
      ["HTML", "<!doctype html><script>alert(1)</script>"],
      ["GIF", "GIF89a\u0001\u0000\u0001\u0000"],
      ["PDF", "%PDF-1.7"],
      ["a PNG's first bytes alone", png(9).slice(0, 8)],
      ["a PNG behind HTML", join(text("<script>alert(1)</script>"), png(9))],
      ["an image too wide", png(5000)],
    ];
    for (const [what, bytes] of refused) {
      const answer = await upload(bytes);
      expect([what, answer.status]).toEqual([what, 422]);
    }
    expect((await upload(join(png(9), new Uint8Array(300_000)))).status).toBe(413);
  });

  it("of two kinds at once is served as the image it is, never as a page", async () => {
    const polyglot = join(png(9), text("<script>alert(1)</script>"));
    expect((await upload(polyglot, "text/html")).status).toBe(200);
    const shown = await world.owner.api(`/api/companies/${world.a}/branding/logo`);
    expect(shown.headers.get("content-type")).toBe("image/png");
    expect(shown.headers.get("x-content-type-options")).toBe("nosniff");
    expect(shown.headers.get("content-security-policy")).toMatch(/default-src 'none'.*sandbox/);
  });
});
