import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { ProjectedIncident, ProjectionBatch } from "../../durable-objects/rpc.ts";
import { projectBatch } from "../../worker/projection/project-batch.ts";
import { matchExpression } from "../../worker/projection/search-text.ts";
import { bareTenant, projected } from "./incident-factory.ts";

type Tenant = ReturnType<typeof bareTenant>;

function project(tenant: Tenant, incidents: ProjectedIncident[], more: Partial<ProjectionBatch> = {}) {
  return projectBatch(env.DB, { ...tenant, incidents, counters: [], ...more });
}

async function stored(tenant: Tenant) {
  const { results } = await env.DB.prepare("SELECT * FROM incidents WHERE msp_id = ?1 ORDER BY seq")
    .bind(tenant.msp_id)
    .all<{ id: string; version: number; status: string; data: string; company_id: string }>();
  return results;
}

async function found(tenant: Tenant, q: string): Promise<number> {
  const match = matchExpression([tenant.msp_id.slice(4)], q);
  const row = await env.DB.prepare("SELECT count(*) AS n FROM incidents_fts WHERE incidents_fts MATCH ?1")
    .bind(match)
    .first<{ n: number }>();
  return row?.n ?? -1;
}

/** A database that counts the rows its batches write and read. */
function counting() {
  let rows = 0;
  let read = 0;
  const db = new Proxy(env.DB, {
    get(target, name) {
      if (name !== "batch") {
        const value = Reflect.get(target, name) as unknown;
        return typeof value === "function" ? value.bind(target) : value;
      }
      return async (statements: D1PreparedStatement[]) => {
        const results = await target.batch(statements);
        for (const { meta } of results) {
          rows += meta.rows_written;
          read += meta.rows_read;
        }
        return results;
      };
    },
  });
  return { db, rows: () => rows, read: () => read };
}

describe("projecting incidents", () => {
  it("keeps the higher version, whatever order they come in", async () => {
    const tenant = bareTenant();
    const at = (version: number, title: string) => projected(tenant.company_id, 1, { version, title });
    await project(tenant, [at(3, "third")]);
    await project(tenant, [at(2, "second")]);
    await project(tenant, [at(3, "third again")]);
    const [row] = await stored(tenant);
    expect(row?.version).toBe(3);
    expect(JSON.parse(row?.data ?? "").title).toBe("third");
    await project(tenant, [at(5, "fifth"), at(4, "fourth")]);
    expect((await stored(tenant))[0]?.version).toBe(5);
  });

  it("moves a row in the lists when its status or severity changes", async () => {
    const tenant = bareTenant();
    await project(tenant, [projected(tenant.company_id, 1), projected(tenant.company_id, 2)]);
    const change = { version: 2, status: "resolved", severity: "critical", alert_count: 4 } as const;
    await project(tenant, [projected(tenant.company_id, 2, change)]);
    await project(tenant, [projected(tenant.company_id, 2, { version: 1, severity: "low" })]);
    const { results } = await env.DB.prepare(
      "SELECT status, severity_rank, priority_base, version FROM incidents WHERE msp_id = ?1 ORDER BY seq",
    )
      .bind(tenant.msp_id)
      .all();
    expect(results).toEqual([
      { status: "new", severity_rank: 3, priority_base: 62, version: 1 },
      { status: "resolved", severity_rank: 4, priority_base: 98, version: 2 },
    ]);
  });

  it("takes 500 at once and writes nothing when they come again", async () => {
    const tenant = bareTenant();
    const many = Array.from({ length: 500 }, (_, i) => projected(tenant.company_id, i + 1));
    await project(tenant, many);
    expect(await stored(tenant)).toHaveLength(500);
    const { db, rows, read } = counting();
    await projectBatch(db, { ...tenant, incidents: many, counters: [] });
    expect(rows()).toBe(0);
    // One incident is found by its id, however many there are.
    const before = read();
    await projectBatch(db, {
      ...tenant,
      incidents: [projected(tenant.company_id, 7, { version: 2 })],
      counters: [],
    });
    expect(read() - before).toBeLessThan(20);
  });

  it("takes rows far larger than one statement may carry", async () => {
    const tenant = bareTenant();
    const large = (seq: number) =>
      projected(tenant.company_id, seq, { escalation_reason: "\u{1f4a5}é".repeat(50_000) });
    await project(
      tenant,
      Array.from({ length: 20 }, (_, i) => large(i + 1)),
    );
    expect(await stored(tenant)).toHaveLength(20);
  });

  it("cannot move a row to another company or MSP", async () => {
    const owner = bareTenant();
    const thief = bareTenant();
    await project(owner, [projected(owner.company_id, 1)]);
    const forged = projected(owner.company_id, 1, { version: 9, title: "taken over" });
    await expect(project(thief, [forged])).rejects.toThrow("not of company");
    await project({ ...owner, msp_id: thief.msp_id }, [forged]);
    expect(await stored(thief)).toEqual([]);
    const [row] = await stored(owner);
    expect(row).toMatchObject({ company_id: owner.company_id, version: 1 });
  });

  it("finds by words of title, assets and signature, and by the new ones after a change", async () => {
    const tenant = bareTenant();
    const other = bareTenant();
    const one = (version: number, assets: string[]) =>
      projected(tenant.company_id, 1, { version, asset_names: assets, title: "Größe <b>O'Neil</b>" });
    await project(tenant, [one(1, ["db-01.example.com"])]);
    await project(other, [projected(other.company_id, 1)]);
    for (const q of ["db-01", "DB", "exam", "high_cpu", "groß o'neil", "cpu usage"])
      expect(await found(tenant, q)).toBe(1);
    expect(await found(tenant, "web")).toBe(0);
    await project(tenant, [one(2, ["web-9"])]);
    expect(await found(tenant, "db-01")).toBe(0);
    expect(await found(tenant, "web-9")).toBe(1);
    expect(matchExpression(["x"], '" * -- ^')).toBeNull();
  });
});

describe("projecting figures", () => {
  it("keeps counters as totals", async () => {
    const tenant = bareTenant();
    const counter = (alerts: number) => ({ hour: 3_600_000, severity: "high", tool: "generic", alerts });
    await project(tenant, [], { counters: [counter(5)] });
    await project(tenant, [], { counters: [counter(9)] });
    await project(tenant, [], { counters: [counter(5)] });
    const row = await env.DB.prepare("SELECT alerts FROM counters WHERE company_id = ?1")
      .bind(tenant.company_id)
      .first();
    expect(row).toEqual({ alerts: 9 });
  });
});

describe("what it costs", () => {
  it("writes at most 0.005 rows an alert in a storm of 1,000 repeats a second", async () => {
    const tenant = bareTenant();
    const { db, rows } = counting();
    const begin = Date.UTC(2026, 0, 1);
    // Ten seconds, projected once a second.
    for (let second = 1; second <= 10; second++) {
      await projectBatch(db, {
        ...tenant,
        incidents: [
          projected(tenant.company_id, 1, {
            version: second * 1000,
            alert_count: second * 1000,
            created: begin,
            last_alert_at: new Date(begin + second * 1000).toISOString(),
          }),
        ],
        counters: [{ hour: begin, severity: "high", tool: "generic", alerts: second * 1000 }],
      });
    }
    // The first opens the row; each of the nine others writes the row and one counter.
    expect(rows() / 10_000).toBeLessThanOrEqual(0.003);
  });

  it.each([
    ["that only counts", { alert_count: 400 }, 1],
    ["whose score rises with its count", { alert_count: 9 }, 3],
    ["that changes in the end", { updated: Date.UTC(2026, 0, 2) }, 2],
    ["that resolves", { status: "resolved", updated: Date.UTC(2026, 0, 2) }, 4],
  ] as const)("writes the row of an incident %s, and of the indexes those it moves in", async (_, change, cost) => {
    const tenant = bareTenant();
    const at = (version: number, more: object) =>
      projected(tenant.company_id, 1, { alert_count: 1, created: Date.UTC(2026, 0, 1), version, ...more });
    const capped = "alert_count" in change && change.alert_count > 10 ? { alert_count: 300 } : {};
    await project(tenant, [at(1, capped)]);
    const { db, rows } = counting();
    await projectBatch(db, { ...tenant, incidents: [at(2, change)], counters: [] });
    expect(rows()).toBe(cost);
    const [row] = await stored(tenant);
    expect(row?.version).toBe(2);
  });
});
