import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "../../core/actor.ts";
import { type AssetInput, createAssetSchema } from "../../core/asset-schema.ts";
import type { AuditEntry } from "../../core/audit.ts";
import type { Result } from "../../core/errors.ts";
import type { AssetQuery } from "../../durable-objects/rpc.ts";
import { alertOf, freshCompany, movableClock } from "../support/company-object.ts";

const MINUTE = 60_000;
const ALL: AssetQuery = { sort: "name", limit: 100 };

let time: ReturnType<typeof movableClock>;
beforeEach(() => {
  time = movableClock();
});
afterEach(() => time.restore());

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.detail);
  return result.value;
}

async function inventory() {
  const company = await freshCompany();
  const { stub, actor, object } = company;
  const list = async (query: Partial<AssetQuery> = {}) =>
    must(await stub.assets(actor, { ...ALL, ...query }));
  const one = async (name: string) => {
    const found = (await list({ q: name })).items.find((asset) => asset.name === name);
    if (!found) throw new Error(`no asset ${name}`);
    return found;
  };
  const create = async (more: Partial<AssetInput> & { name: string }) =>
    must(await stub.createAsset(actor, createAssetSchema.parse(more)));
  const rows = (sql: string) =>
    runInDurableObject(object(), (_, state) => state.storage.sql.exec(sql).toArray());
  /** What was noted, whether or not the log has it yet. */
  const notes = async () => {
    const waiting = (await rows("SELECT data FROM audit_outbox ORDER BY seq")).map((row) => String(row.data));
    const logged = await env.DB.prepare(
      "SELECT payload FROM audit_entries WHERE company_id = ? ORDER BY rowid",
    )
      .bind(company.company_id)
      .all<{ payload: string }>();
    const entries = [...logged.results.map(({ payload }) => payload), ...waiting].map(
      (text) => JSON.parse(text) as AuditEntry,
    );
    return [...new Map(entries.map((entry) => [entry.id, entry])).values()].filter((note) =>
      note.action.startsWith("asset"),
    );
  };
  return { ...company, list, one, create, rows, notes };
}

describe("health of an asset", () => {
  it("is the worst that fires on it, now, through recovery and restart", async () => {
    const { accept, one, crash } = await inventory();
    await accept([
      alertOf({ severity: "medium" }),
      alertOf({ signature: "disk_full", severity: "critical" }),
    ]);
    const first = time.now;
    expect(await one("web-01")).toMatchObject({ health: "critical", open_alerts: 2, source: "discovered" });
    time.forward(MINUTE);
    await accept([alertOf({ signature: "disk_full", severity: "critical", status: "resolved" })]);
    expect(await one("web-01")).toMatchObject({ health: "medium", open_alerts: 1 });
    await crash();
    expect(await one("web-01")).toMatchObject({ health: "medium", open_alerts: 1 });
    time.forward(MINUTE);
    await accept([alertOf({ severity: "medium", status: "resolved" })]);
    expect(await one("web-01")).toMatchObject({
      health: "ok",
      open_alerts: 0,
      first_seen: new Date(first).toISOString(),
    });
  });

  it("is not troubled by a sign of life", async () => {
    const { accept, one } = await inventory();
    await accept([alertOf({ heartbeat: true, signature: "Watchdog" })]);
    expect(await one("web-01")).toMatchObject({ health: "ok", open_alerts: 0 });
  });

  it("and when it was last seen come from the alerts: a repeat writes no row of the asset", async () => {
    const { accept, one, object, crash } = await inventory();
    await accept([alertOf()]);
    await one("web-01");
    const before = await runInDurableObject(object(), (_, state) =>
      state.storage.sql.exec("SELECT data FROM assets").toArray(),
    );
    for (let i = 0; i < 5; i++) {
      time.forward(MINUTE);
      await accept([alertOf()]);
    }
    expect(await one("web-01")).toMatchObject({ last_seen: new Date(time.now).toISOString() });
    const after = await runInDurableObject(object(), (_, state) =>
      state.storage.sql.exec("SELECT data FROM assets").toArray(),
    );
    expect(after).toEqual(before);
    // Only the journal has the repeats: read anew, they are still there.
    await crash();
    expect(await one("web-01")).toMatchObject({ last_seen: new Date(time.now).toISOString() });
  });
});

describe("the history of an asset", () => {
  it("has its own alerts and incidents alone, newest first, page by page", async () => {
    const { accept, one, stub, actor } = await inventory();
    for (let i = 0; i < 7; i++) {
      await accept([
        alertOf({ signature: `check_${i}` }),
        alertOf({ asset_name: "db-01", signature: `check_${i}` }),
      ]);
    }
    const { id } = await one("web-01");
    const first = must(await stub.assetAlerts(actor, id, Number.MAX_SAFE_INTEGER, 4));
    const rest = must(await stub.assetAlerts(actor, id, first.next ?? 0, 4));
    const seen = [...first.items, ...rest.items];
    expect(seen.map((alert) => alert.raw_signature)).toEqual([6, 5, 4, 3, 2, 1, 0].map((i) => `check_${i}`));
    expect(new Set(seen.map((alert) => alert.asset_name))).toEqual(new Set(["web-01"]));
    expect(rest.next).toBeNull();
    const incidents = must(await stub.assetIncidents(actor, id, Number.MAX_SAFE_INTEGER, 5));
    expect(incidents.items).toHaveLength(5);
    expect(must(await stub.assetIncidents(actor, id, incidents.next ?? 0, 5)).items).toHaveLength(2);
    const detail = must(await stub.asset(actor, id));
    expect(detail.open.map((alert) => alert.id)).toEqual(seen.map((alert) => alert.id));
  });

  it("of thousands of alerts is read in turns that let others in", async () => {
    const { accept, list, object } = await inventory();
    for (let batch = 0; batch < 5; batch++) {
      await accept(
        Array.from({ length: 1000 }, (_, i) => alertOf({ asset_name: `h-${i}`, signature: `s_${batch}` })),
      );
    }
    await runInDurableObject(object(), (_, state) => state.abort("evict")).catch(() => undefined);
    const [page] = await Promise.all([
      list({ limit: 1000 }),
      accept([alertOf({ asset_name: "h-1", signature: "late" })]),
    ]);
    expect(page.total).toBe(1000);
    expect((await list({ q: "h-1", limit: 1000 })).items.find(({ name }) => name === "h-1")).toMatchObject({
      open_alerts: 6,
    });
  });
});

describe("an asset that people wrote down", () => {
  it("is what alerts mean from then on, and two tools on it make one incident", async () => {
    const { accept, create, list, incident } = await inventory();
    await create({
      name: "Shop front",
      ip: "10.0.0.7",
      instance_id: "i-0abc",
      aliases: ["web-01.acme.local"],
    });
    await accept([alertOf({ asset_name: "web-01", tool_source: "one" })]);
    await accept([alertOf({ asset_name: "10.0.0.7:9100", tool_source: "two" })]);
    await accept([alertOf({ asset_name: "x", asset_id: "i-0abc", tool_source: "three" })]);
    expect(await list()).toMatchObject({ total: 1, items: [{ name: "Shop front", open_alerts: 3 }] });
    expect(await incident(1)).toMatchObject({ distinct_alerts: 3, tool_sources: ["one", "two", "three"] });
  });

  it("is renamed under an open incident without splitting it", async () => {
    const { accept, one, stub, actor, incident, crash } = await inventory();
    await accept([alertOf()]);
    const { aggregation_key } = await incident(1);
    const { id } = await one("web-01");
    must(await stub.changeAsset(actor, id, { name: "Shop front" }));
    await crash();
    await accept([alertOf({ asset_name: "shop front", tool_source: "other" })]);
    expect(await incident(1)).toMatchObject({ distinct_alerts: 2, aggregation_key });
    expect(await one("Shop front")).toMatchObject({ id, aliases: ["web-01"], open_alerts: 2 });
  });

  it("cannot be deleted while alerts fire on it; later it can, and is discovered anew", async () => {
    const { accept, one, stub, actor, list, create } = await inventory();
    await accept([alertOf()]);
    const { id } = await one("web-01");
    const page = await create({ name: "page", depends_on: [id] });
    expect(await stub.deleteAsset(actor, id)).toMatchObject({ ok: false, error: { code: "conflict" } });
    await accept([alertOf({ status: "resolved" })]);
    must(await stub.deleteAsset(actor, id));
    expect((await list()).items.map(({ name }) => name)).toEqual(["page"]);
    expect(must(await stub.asset(actor, page.id)).needs).toEqual([]);
    expect(await stub.asset(actor, id)).toMatchObject({ ok: false, error: { code: "not_found" } });
    await accept([alertOf()]);
    const again = await one("web-01");
    expect(again.id).not.toBe(id);
    expect(must(await stub.assetAlerts(actor, again.id, Number.MAX_SAFE_INTEGER, 10)).items).toHaveLength(1);
  });
});

describe("the critical flag", () => {
  it("weighs incidents anew that are open when it is set or taken away", async () => {
    const { accept, incident, stub, actor, one } = await inventory();
    await accept([alertOf({ asset_name: "web-01" })]);
    await accept([alertOf({ asset_name: "web-02" })]);
    const { id } = await one("web-01");
    const weight = async (n: number) => {
      await stub.wake();
      return (await incident(n)).priority_parts.critical_asset;
    };
    must(await stub.changeAsset(actor, id, { critical: true }));
    expect([await weight(1), await weight(2)]).toEqual([20, 0]);
    must(await stub.changeAsset(actor, id, { critical: false }));
    expect(await weight(1)).toBe(0);
    must(await stub.update(actor, { critical_assets: ["WEB-02"] }));
    expect([await weight(1), await weight(2)]).toEqual([0, 20]);
  });

  it("is one truth, from the asset and from the company's list of names, and raises the score", async () => {
    const { accept, create, one, stub, actor, incident, crash } = await inventory();
    const critical = async () => must(await stub.state(actor)).critical_assets;
    const { id } = await create({ name: "db-01", critical: true });
    expect(await critical()).toEqual(["db-01"]);
    await crash();
    await accept([alertOf({ asset_name: "db-01", severity: "high" })]);
    expect((await incident(1)).priority_parts.critical_asset).toBe(20);

    must(await stub.changeAsset(actor, id, { critical: false }));
    expect(await critical()).toEqual([]);
    must(await stub.update(actor, { critical_assets: ["DB-01", "later-01"] }));
    expect(await one("db-01")).toMatchObject({ critical: true });
    // A name listed before its asset was known.
    expect(await create({ name: "later-01" })).toMatchObject({ critical: true });

    must(await stub.changeAsset(actor, id, { name: "orders" }));
    must(await stub.changeAsset(actor, id, { aliases: [] }));
    expect(await one("orders")).toMatchObject({ critical: true });
    expect((await critical()).sort()).toEqual(["later-01", "orders"]);
    await accept([alertOf({ asset_name: "orders", signature: "disk_full" })]);
    expect((await incident(2)).priority_parts.critical_asset).toBe(20);
  });
});

describe("dependencies", () => {
  it("are listed both ways, with how far they reach", async () => {
    const { create, stub, actor, accept } = await inventory();
    const uplink = await create({ name: "uplink" });
    const host = await create({ name: "host", depends_on: [uplink.id] });
    const guest = await create({ name: "guest", depends_on: [host.id, uplink.id] });
    await accept([alertOf({ asset_name: "uplink", severity: "critical" })]);
    const detail = must(await stub.asset(actor, host.id));
    expect(detail.needs).toEqual([{ id: uplink.id, name: "uplink", health: "critical", critical: false }]);
    expect(detail.needed_by.map(({ name }) => name)).toEqual(["guest"]);
    expect(must(await stub.asset(actor, uplink.id))).toMatchObject({
      upstream_count: 0,
      downstream_count: 2,
    });
    expect(await stub.changeAsset(actor, uplink.id, { depends_on: [guest.id] })).toMatchObject({
      ok: false,
      error: { fields: { depends_on: expect.stringContaining("uplink → guest → uplink") } },
    });
    expect(await stub.changeAsset(actor, uplink.id, { depends_on: ["as_0000000000000000_1"] })).toMatchObject(
      {
        ok: false,
      },
    );
  });
});

describe("a list of thousands", () => {
  it("is imported whole within a moment, and a second time changes nothing", async () => {
    const { stub, actor, list, notes, crash } = await inventory();
    const blank = { ip: null, instance_id: null, os: null, tags: null, critical: null, aliases: null };
    const rows = Array.from({ length: 5000 }, (_, i) => ({
      ...blank,
      line: i + 2,
      name: `host-${String(i).padStart(4, "0")}`,
      type: "vm" as const,
      environment: null,
      critical: i < 3 ? true : null,
      depends_on: i > 0 ? ["host-0000"] : null,
    }));
    const dry = must(await stub.importAssets(actor, rows, true));
    expect(dry).toMatchObject({ created: 5000, dry_run: true });
    expect((await list()).total).toBe(0);
    const start = performance.now();
    expect(must(await stub.importAssets(actor, rows, false))).toMatchObject({ created: 5000, refused: 0 });
    const took = performance.now() - start;
    console.info(`import of 5,000 took ${Math.round(took)} ms`);
    await crash();
    expect(await list({ critical: true })).toMatchObject({ total: 3 });
    expect(must(await stub.importAssets(actor, rows, false))).toMatchObject({ created: 0, updated: 0 });
    expect((await notes()).map(({ action }) => action)).toEqual(["assets.imported"]);

    const names: string[] = [];
    for (let after: AssetQuery["after"] = null; ; ) {
      const page = await list({ limit: 700, after });
      names.push(...page.items.map(({ name }) => name));
      after = page.next;
      if (!after) break;
    }
    expect(names).toEqual(rows.map(({ name }) => name));
  });
});

describe("who may", () => {
  it("see and change assets: staff of the company, nobody else, and each change is noted", async () => {
    const { create, stub, actor, notes, company_id } = await inventory();
    const { id } = await create({ name: "web-01" });
    const client: Actor = { ...actor, role: "client", companies: [company_id] };
    const stranger: Actor = { ...actor, msp_id: "msp_0000000000000000" };
    const elsewhere: Actor = { ...actor, role: "technician", companies: ["co_0000000000000000"] };
    const calls = (who: Actor) => [
      stub.assets(who, ALL),
      stub.asset(who, id),
      stub.assetAlerts(who, id, 1, 1),
      stub.assetIncidents(who, id, 1, 1),
      stub.createAsset(who, createAssetSchema.parse({ name: "x" })),
      stub.changeAsset(who, id, { os: "x" }),
      stub.deleteAsset(who, id),
      stub.importAssets(who, [], false),
    ];
    for (const [who, code] of [
      [client, "forbidden"],
      [stranger, "not_found"],
      [elsewhere, "not_found"],
    ] as const)
      for (const answer of await Promise.all(calls(who))) expect(answer).toMatchObject({ error: { code } });

    must(await stub.changeAsset(actor, id, { os: "Debian 13", critical: true }));
    must(await stub.changeAsset(actor, id, { os: "Debian 13" }));
    must(await stub.deleteAsset(actor, id));
    expect(await notes()).toMatchObject([
      { action: "asset.created", target: { id, name: "web-01" }, company_id },
      {
        action: "asset.changed",
        before: { os: null, critical: false },
        after: { os: "Debian 13", critical: true },
      },
      { action: "asset.deleted", before: { name: "web-01" } },
    ]);
  });
});
