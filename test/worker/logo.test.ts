import { SELF } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, expect, it } from "vitest";
import type { Branding } from "../../core/settings.ts";
import { API } from "../support/addresses.ts";
import { colleague } from "../support/colleague.ts";
import { eventually } from "../support/eventually.ts";
import { freshTenant, type TestTenant } from "../support/fresh-tenant.ts";
import { jpegOf, pngOf, webpOf } from "../support/images.ts";

let tenant: TestTenant;
let id: string;
let path: string;
beforeEach(async () => {
  tenant = await freshTenant();
  id = tenant.company.company.id;
  path = `/api/companies/${id}/branding/logo`;
});

const upload = (body: BodyInit, headers: Record<string, string> = {}) =>
  tenant.api(path, { method: "PUT", body, headers });
const files = async () => (await env.FILES.list({ prefix: `${tenant.me.msp.id}/${id}/` })).objects;

it("is served with its own type, to be shown and nothing else, and kept by its hash", async () => {
  for (const [type, bytes] of [
    ["image/png", pngOf(64, 32)],
    ["image/jpeg", jpegOf(300, 200)],
    ["image/webp", webpOf(120, 80)],
  ] as const) {
    const answer = await upload(bytes, { "content-type": "text/html" });
    expect(answer.status, type).toBe(200);
    const { logo_url, effective } = await answer.json<Branding>();
    expect(logo_url).toMatch(new RegExp(`^${path}\\?v=[0-9a-f]{32}$`));
    expect(effective.logo_url).toBe(logo_url);
    const shown = await tenant.api(logo_url ?? "");
    expect(shown.status).toBe(200);
    expect(new Uint8Array(await shown.arrayBuffer())).toEqual(bytes);
    const header = (name: string) => shown.headers.get(name);
    expect(header("content-type")).toBe(type);
    expect(header("x-content-type-options")).toBe("nosniff");
    expect(header("content-security-policy")).toContain("sandbox");
    expect(header("cache-control")).toBe("private, max-age=31536000, immutable");
    const again = await tenant.api(logo_url ?? "", { headers: { "if-none-match": header("etag") ?? "" } });
    expect(again.status).toBe(304);
    expect((await tenant.api(path)).headers.get("cache-control")).toBe("private, no-cache");
    // One file, however often it is replaced.
    expect(await files()).toHaveLength(1);
  }
  expect((await tenant.api(path, { method: "DELETE" })).status).toBe(204);
  expect(await files()).toHaveLength(0);
  expect((await tenant.api(path)).status).toBe(404);
  await eventually(async () => {
    const log = await tenant.api(`/api/audit?company_id=${id}&action=company.logo_changed`);
    expect((await log.json<{ items: unknown[] }>()).items).toHaveLength(4);
  });
});

it("is an image of a fair size, whatever its sender says it is", async () => {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`;
  const cases: [string, BodyInit, number][] = [
    ["SVG", svg, 422],
    ["HTML", "<!doctype html><script>alert(1)</script>", 422],
    ["nothing", "", 422],
    ["a GIF", "GIF89a............", 422],
    ["a damaged PNG", pngOf(10, 10).slice(0, 12), 422],
    ["one too wide", pngOf(2049, 10), 422],
    ["one too tall", webpOf(10, 2049), 422],
    ["one without size", pngOf(0, 10), 422],
    ["one of too many bytes", new Uint8Array([...pngOf(64, 32), ...new Uint8Array(256 * 1024)]), 413],
  ];
  for (const [what, body, status] of cases)
    expect((await upload(body, { "content-type": "image/png" })).status, what).toBe(status);
  expect(await files()).toHaveLength(0);
});

it("is seen by the company's own people alone, and set by those who manage it", async () => {
  expect((await upload(pngOf(8, 8))).status).toBe(200);
  const other = await tenant.createCompany("Other");
  const msp = tenant.me.msp.id;
  const client = await colleague(msp, "client", [id]);
  const stranger = await colleague(msp, "client", [other.company.id]);
  const as = async (cookie: string, method = "GET") => {
    const body = method === "PUT" ? pngOf(9, 9) : undefined;
    return (await SELF.fetch(`${API}${path}`, { method, body, headers: { cookie, origin: API } })).status;
  };
  expect(await as(client.cookie)).toBe(200);
  expect(await as(client.cookie, "PUT")).toBe(403);
  expect(await as(client.cookie, "DELETE")).toBe(403);
  expect(await as(stranger.cookie)).toBe(404);
  const foreign = await freshTenant();
  expect((await foreign.api(path)).status).toBe(404);
  expect((await foreign.api(path, { method: "PUT", body: pngOf(9, 9) })).status).toBe(404);
  expect((await SELF.fetch(`${API}${path}`)).status).toBe(401);
});

it("is the MSP's own brand where the company has none", async () => {
  const own = `/api/companies/${id}/branding`;
  const before = await (await tenant.api(own)).json<Branding>();
  expect(before).toMatchObject({ color: null, name: null, contrast: null, effective: { name: "Test MSP" } });
  await tenant.api(own, { method: "PUT", json: { color: "#123456", name: "Help Desk" } });
  expect(await (await tenant.api(own)).json<Branding>()).toMatchObject({
    effective: { color: "#123456", name: "Help Desk" },
  });
});
