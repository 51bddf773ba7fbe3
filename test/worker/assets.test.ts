import Papa from "papaparse";
import { beforeEach, describe, expect, it } from "vitest";
import type { Alert } from "../../core/alert.ts";
import type { Asset, AssetDetail, ImportResult } from "../../core/asset-schema.ts";
import type { Incident } from "../../core/incident.ts";
import { freshTenant, type TestTenant } from "../support/fresh-tenant.ts";
import { payload } from "../support/payloads.ts";

interface Failed {
  error: string;
  detail: string;
  fields?: Record<string, string>;
  current?: { id: string; name: string };
}
interface Page {
  items: Asset[];
  next_cursor: string | null;
  total: number;
}

let tenant: TestTenant;
let base: string;
beforeEach(async () => {
  tenant = await freshTenant();
  base = `/api/companies/${tenant.company.company.id}/assets`;
});

async function call<T>(method: string, path: string, json?: unknown): Promise<{ status: number; body: T }> {
  const response = await tenant.api(path, { method, json });
  const text = await response.text();
  return { status: response.status, body: (text ? JSON.parse(text) : null) as T };
}
const create = async (json: Record<string, unknown>) => {
  const made = await call<Asset>("POST", base, json);
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  return made.body;
};
const list = async (query = "") => (await call<Page>("GET", `${base}${query}`)).body;
const names = (page: Page) => page.items.map(({ name }) => name);
const send = async (more: Record<string, unknown> = {}) => {
  expect((await tenant.company.post(payload(more))).status).toBe(202);
};

describe("the list of assets", () => {
  it("begins empty, gathers what alerts name, and puts the worst first", async () => {
    expect(await list()).toEqual({ items: [], next_cursor: null, total: 0 });
    await send({ asset_name: "web-01", severity: "low" });
    await send({ asset_name: "db-01", severity: "critical" });
    await create({ name: "aaa-quiet" });
    const page = await list();
    expect(page.items.map(({ name, health, source }) => [name, health, source])).toEqual([
      ["db-01", "critical", "discovered"],
      ["web-01", "low", "discovered"],
      ["aaa-quiet", "ok", "manual"],
    ]);
    expect(names(await list("?sort=name"))).toEqual(["aaa-quiet", "db-01", "web-01"]);
  });

  it("is narrowed by every filter, and paged by cursor", async () => {
    await create({
      name: "db-01",
      type: "database",
      environment: "staging",
      tags: ["team:data"],
      os: "Debian 13",
    });
    await create({ name: "db-02", type: "database", critical: true, ip: "10.0.0.2" });
    await create({ name: "edge", type: "network", instance_id: "i-0abc" });
    await send({ asset_name: "edge", severity: "high" });
    const wanted: [string, string[]][] = [
      ["q=DB", ["db-01", "db-02"]],
      ["q=debian", ["db-01"]],
      ["q=10.0.0", ["db-02"]],
      ["q=i-0abc", ["edge"]],
      ["q=db team", ["db-01"]],
      ["type=database,network&sort=name", ["db-01", "db-02", "edge"]],
      ["environment=staging", ["db-01"]],
      ["tag=team:data", ["db-01"]],
      ["critical=true", ["db-02"]],
      ["critical=false&type=database", ["db-01"]],
      ["health=high,critical", ["edge"]],
      ["health=ok", ["db-01", "db-02"]],
    ];
    for (const [query, found] of wanted) expect(names(await list(`?${query}`)), query).toEqual(found);
    const first = await list("?limit=2&sort=name");
    expect([first.total, names(first)]).toEqual([3, ["db-01", "db-02"]]);
    const rest = await list(`?limit=2&sort=name&cursor=${first.next_cursor}`);
    expect([rest.next_cursor, names(rest)]).toEqual([null, ["edge"]]);
    for (const query of ["?type=toaster", "?health=fine", "?sort=age", "?cursor=nonsense", "?limit=0"])
      expect((await call("GET", base + query)).status, query).toBe(422);
  });
});

describe("one asset", () => {
  it("is written down, found by alerts, changed and forgotten", async () => {
    const made = await create({ name: "Shop front", ip: "10.0.0.7", aliases: ["web-01"] });
    expect(made).toMatchObject({ type: "server", environment: "production", health: "ok", last_seen: null });
    await send({ asset_name: "10.0.0.7:9100", severity: "high" });
    const path = `${base}/${made.id}`;
    const detail = (await call<AssetDetail>("GET", path)).body;
    expect(detail).toMatchObject({ health: "high", open_alerts: 1, open: [{ asset_name: "10.0.0.7:9100" }] });
    const history = (await call<{ items: Alert[] }>("GET", `${path}/alerts`)).body.items;
    expect(history).toEqual(detail.open);
    const incidents = (await call<{ items: Incident[] }>("GET", `${path}/incidents`)).body.items;
    expect(incidents.map(({ id }) => id)).toEqual([history[0]?.incident_id]);

    const changed = await call<Asset>("PATCH", path, { os: "Debian 13", tags: ["a", "b"], critical: true });
    expect(changed).toMatchObject({
      status: 200,
      body: { os: "Debian 13", tags: ["a", "b"], critical: true },
    });
    const company = `/api/companies/${tenant.company.company.id}`;
    expect((await call("GET", company)).body).toMatchObject({ critical_assets: ["Shop front"] });

    expect((await call<Failed>("DELETE", path)).body).toMatchObject({ error: "conflict" });
    await send({ asset_name: "web-01", severity: "high", status: "resolved" });
    await send({ asset_name: "10.0.0.7:9100", severity: "high", status: "resolved" });
    expect((await call("DELETE", path)).status).toBe(204);
    expect((await call("GET", path)).status).toBe(404);
    expect((await call("GET", company)).body).toMatchObject({ critical_assets: [] });
  });

  it("says in words, and beside the field, what is wrong with it", async () => {
    const web = await create({ name: "web-01", ip: "10.0.0.7" });
    const taken = await call<Failed>("POST", base, { name: "other", ip: "10.0.0.7" });
    expect(taken).toMatchObject({
      status: 409,
      body: { fields: { ip: "means the asset web-01 already" }, current: { id: web.id, name: "web-01" } },
    });
    const wrong: [Record<string, unknown>, string][] = [
      [{}, "name"],
      [{ name: "unknown" }, "name"],
      [{ name: "x", ip: "10.0.0.0/8" }, "ip"],
      [{ name: "x", ip: "ten" }, "ip"],
      [{ name: "x", type: "toaster" }, "type"],
      [{ name: "x", tags: [""] }, "tags.0"],
      [{ name: "x", depends_on: ["as_0000000000000000_1"] }, "depends_on"],
      [{ name: "x", depends_on: new Array(101).fill(web.id) }, "depends_on"],
    ];
    for (const [body, field] of wrong) {
      const answer = await call<Failed>("POST", base, body);
      expect([answer.status, Object.keys(answer.body.fields ?? {})], JSON.stringify(body)).toEqual([
        422,
        [field],
      ]);
    }
    const self = await call<Failed>("PATCH", `${base}/${web.id}`, { depends_on: [web.id] });
    expect(self).toMatchObject({
      status: 422,
      body: { fields: { depends_on: expect.stringContaining("itself") } },
    });
  });

  it("of one company is not to be had through another", async () => {
    const { id } = await create({ name: "web-01" });
    const other = await tenant.createCompany("Other");
    const there = `/api/companies/${other.company.id}/assets/${id}`;
    for (const [method, path, json] of [
      ["GET", there],
      ["GET", `${there}/alerts`],
      ["GET", `${there}/incidents`],
      ["PATCH", there, { os: "x" }],
      ["DELETE", there],
      ["GET", "/api/companies/nonsense/assets"],
    ] as const)
      expect((await call(method, path, json)).status, `${method} ${path}`).toBe(404);
  });
});

describe("a CSV list", () => {
  const bring = (csv: string, dry_run = false) =>
    call<ImportResult & Failed>("POST", `${base}/import`, { csv, dry_run });

  it("is looked at first, then brought in, and a second time changes nothing", async () => {
    await send({ asset_name: "web-01.acme.local" });
    const csv = [
      "\uFEFFName,Type,IP,OS,Environment,Tags,Critical,Aliases,Depends on",
      'web-01,vm,10.0.0.7,Debian 13,production,"shop; eu",yes,,db-01',
      'db-01,database,10.0.0.8,"Debian\n13, stable",staging,,no,"orders; ledger",',
      "bad-01,toaster,10.0.0.999,,,,maybe,,",
      ",,,,,,,,",
      "app-01,server,,,,,,,nowhere-01",
    ].join("\r\n");
    const dry = await bring(csv, true);
    expect(dry.body.rows).toMatchObject([
      { line: 2, name: "web-01", ok: true, action: "update" },
      { line: 3, name: "db-01", ok: true, action: "create" },
      { line: 5, name: "bad-01", ok: false, action: null },
      { line: 7, name: "app-01", ok: false, error: expect.stringContaining("nowhere-01") },
    ]);
    for (const word of ["type: not one of", "ip: not an IPv4", "critical: neither yes nor no"])
      expect(dry.body.rows[2]?.error).toContain(word);
    expect(dry.body).toMatchObject({ created: 1, updated: 1, refused: 2, dry_run: true });
    expect((await list()).total).toBe(1);

    expect((await bring(csv)).body).toMatchObject({ created: 1, updated: 1, refused: 2, dry_run: false });
    const { items } = await list("?sort=name");
    expect(items).toMatchObject([
      { name: "db-01", os: "Debian\n13, stable", aliases: ["orders", "ledger"], source: "csv" },
      { name: "web-01", tags: ["shop", "eu"], critical: true, open_alerts: 1, source: "discovered" },
    ]);
    expect(items[1]?.depends_on).toEqual([items[0]?.id]);
    expect((await bring(csv)).body).toMatchObject({ created: 0, updated: 0, unchanged: 2 });
  });

  it.each([
    ["", "The first line has to name the columns"],
    ["ip,os\n10.0.0.1,x", "The first line has to name the columns"],
    ["name,name\nx,y", "twice"],
    ["name,ip\n", "no rows"],
    ['name,os\nx,"open', "Line 2: Quoted field unterminated"],
    [`name\n${Array.from({ length: 5001 }, (_, i) => `h-${i}`).join("\n")}`, "at most 5000"],
  ])("that cannot be read as a whole is refused: %#", async (csv, said) => {
    const answer = await bring(csv);
    expect([answer.status, answer.body.detail]).toEqual([422, expect.stringContaining(said)]);
  });

  it("takes what spreadsheets of other countries write", async () => {
    const semicolons = await bring('Name;IP;Tags\nweb-01;10.0.0.7;"a;b"\n');
    expect(semicolons.body).toMatchObject({ created: 1, refused: 0 });
    expect((await list()).items[0]).toMatchObject({ ip: "10.0.0.7", tags: ["a", "b"] });
    expect((await bring(`name\n${"x".repeat(1024 * 1024)}`)).status).toBe(413);
  });

  it("goes out with nothing a spreadsheet would run, and comes back as it was", async () => {
    const dep = await create({ name: "=cmd|' /C calc'!A0" });
    await create({
      name: "+web-01",
      os: "-13",
      tags: ["@risk", "b; c"],
      aliases: ["quoted"],
      depends_on: [dep.id],
      notes: "kept",
    });
    const before = (await list("?sort=name")).items;
    const response = await tenant.api(`${base}?format=csv&sort=name&q=web`);
    expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(response.headers.get("content-disposition")).toContain("assets.csv");
    const bytes = new Uint8Array(await response.arrayBuffer());
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const csv = new TextDecoder().decode(bytes);
    const [head, ...rows] = Papa.parse<string[]>(csv, { skipEmptyLines: true }).data;
    expect(rows).toHaveLength(1);
    const row = Object.fromEntries((head ?? []).map((name, i) => [name, rows[0]?.[i]]));
    expect(row).toMatchObject({ name: "'+web-01", os: "'-13", tags: "'@risk; b\\; c", critical: "no" });
    expect(row.depends_on).toBe("'=cmd|' /C calc'!A0");
    for (const cell of rows.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r]/);

    const all = await (await tenant.api(`${base}?format=csv`)).text();
    const again = await bring(all);
    expect(again.body.rows.map(({ error }) => error)).toEqual([undefined, undefined]);
    expect(again.body).toMatchObject({ created: 0, updated: 0 });
    expect((await list("?sort=name")).items).toEqual(before);
  });
});
