import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Incident } from "../../core/incident.ts";
import { alertOf, freshCompany, movableClock } from "../support/company-object.ts";

const MINUTE = 60_000;

let time: ReturnType<typeof movableClock>;
beforeEach(() => {
  time = movableClock();
});
afterEach(async () => {
  time.restore();
  await env.DB.batch(
    ["INSERT", "UPDATE"].map((when) => env.DB.prepare(`DROP TRIGGER IF EXISTS poison_${when}`)),
  );
});

async function listed(companyId: string): Promise<Incident[]> {
  const { results } = await env.DB.prepare("SELECT data FROM incidents WHERE company_id = ?1 ORDER BY id")
    .bind(companyId)
    .all<{ data: string }>();
  return results.map((row) => JSON.parse(row.data) as Incident);
}

/** The database refuses every write of an incident, or those of one, until `mend`. */
async function refuse(condition: string) {
  for (const when of ["INSERT", "UPDATE"]) {
    await env.DB.prepare(
      `CREATE TRIGGER poison_${when} BEFORE ${when} ON incidents WHEN ${condition} BEGIN SELECT RAISE(ABORT, 'refused'); END`,
    ).run();
  }
  return async () => {
    await env.DB.batch(["INSERT", "UPDATE"].map((when) => env.DB.prepare(`DROP TRIGGER poison_${when}`)));
  };
}

describe("the way to the lists", () => {
  it("is open: every change arrives, the newest version last", async () => {
    const { company_id, stub, accept, actor, incident } = await freshCompany();
    await accept([alertOf()]);
    await accept([alertOf()]);
    await stub.command(actor, (await incident(1)).id, { type: "acknowledge" });
    await stub.wake();
    const now = await incident(1);
    expect(await listed(company_id)).toMatchObject([
      { status: "acknowledged", alert_count: 2, version: now.version },
    ]);
    const state = await stub.state(actor);
    expect(state).toMatchObject({
      ok: true,
      value: { projection: { pending: 0, parked: [], last_error: null } },
    });
  });

  it("is shut for a while: ingest and commands go on, then the lists catch up", async () => {
    const { company_id, stub, accept, actor, incident } = await freshCompany();
    const mend = await refuse(`NEW.company_id = '${company_id}'`);
    await accept([alertOf()]);
    await accept([alertOf({ asset_name: "web-02" }), alertOf({ asset_name: "web-03" })]);
    await stub.command(actor, (await incident(2)).id, { type: "acknowledge" });
    await stub.wake();
    expect(await listed(company_id)).toEqual([]);
    const shut = await stub.state(actor);
    expect(shut).toMatchObject({ ok: true, value: { projection: { pending: 3, parked: [] } } });
    if (shut.ok) expect(shut.value.projection.last_error).toContain("refused");
    await mend();
    await stub.wake();
    const rows = await listed(company_id);
    expect(rows.map((r) => [r.asset_names[0], r.status])).toEqual([
      ["web-01", "new"],
      ["web-02", "acknowledged"],
      ["web-03", "new"],
    ]);
    for (const [i, row] of rows.entries()) expect(row.version).toBe((await incident(i + 1)).version);
  });

  it("survives a crash: what was not told yet is told after it", async () => {
    const { company_id, stub, accept, crash } = await freshCompany();
    const mend = await refuse(`NEW.company_id = '${company_id}'`);
    await accept([alertOf()]);
    await crash();
    await mend();
    await stub.wake();
    expect(await listed(company_id)).toMatchObject([{ asset_names: ["web-01"] }]);
  });

  it("parks a row that alone is refused, shows it, and lets the others by", async () => {
    const { company_id, stub, accept, actor, incident } = await freshCompany();
    const mend = await refuse(`NEW.company_id = '${company_id}' AND NEW.data LIKE '%web-02%'`);
    await accept([alertOf(), alertOf({ asset_name: "web-02" }), alertOf({ asset_name: "web-03" })]);
    for (let i = 0; i < 6; i++) {
      await stub.wake();
      time.forward(MINUTE);
      await accept([alertOf({ asset_name: `other-${i}` })]);
    }
    await stub.wake();
    const names = (await listed(company_id)).map((r) => r.asset_names[0]);
    expect(names).toEqual(expect.arrayContaining(["web-01", "web-03", "other-0", "other-5"]));
    expect(names).not.toContain("web-02");
    const state = await stub.state(actor);
    const poisoned = await incident(2);
    expect(state).toMatchObject({
      ok: true,
      value: {
        projection: {
          pending: 1,
          parked: [{ incident_id: poisoned.id, error: expect.stringContaining("refused") }],
        },
      },
    });
    await mend();
    time.forward(16 * MINUTE);
    await accept([alertOf({ asset_name: "late" })]);
    await stub.wake();
    expect((await listed(company_id)).map((r) => r.asset_names[0])).toContain("web-02");
  });

  it("tells the sweep when to knock, earlier deadlines at once", async () => {
    const { company_id, stub, accept } = await freshCompany();
    await accept([alertOf()]);
    time.forward(1000);
    await accept([alertOf({ status: "resolved" })]);
    await stub.wake();
    const due = await env.DB.prepare("SELECT next_due_at FROM companies WHERE id = ?1")
      .bind(company_id)
      .first<{ next_due_at: number }>();
    expect(due?.next_due_at).toBeGreaterThan(time.now);
    expect(due?.next_due_at).toBeLessThanOrEqual(time.now + 3 * MINUTE);
  });

  it("carries the counters as totals", async () => {
    const { company_id, stub, accept } = await freshCompany();
    await accept([alertOf(), alertOf(), alertOf({ severity: "low", asset_name: "x" })]);
    await stub.wake();
    await accept([alertOf()]);
    await stub.wake();
    const { results } = await env.DB.prepare(
      "SELECT severity, sum(alerts) AS n FROM counters WHERE company_id = ?1 GROUP BY severity ORDER BY severity",
    )
      .bind(company_id)
      .all();
    expect(results).toEqual([
      { severity: "high", n: 3 },
      { severity: "low", n: 1 },
    ]);
  });
});

describe("a backlog", () => {
  it("reaches the lists batch after batch, by itself", async () => {
    const { company_id, accept, settle } = await freshCompany();
    await settle({ storm_alerts_per_minute: 1_000_000 });
    const hosts = Array.from({ length: 350 }, (_, i) => alertOf({ asset_name: `host-${i}` }));
    await accept(hosts);
    await expect.poll(async () => (await listed(company_id)).length, { timeout: 20_000 }).toBe(350);
  });

  it("of counts alone has time, and is told in the end", async () => {
    const { company_id, stub, accept } = await freshCompany();
    await accept([alertOf()]);
    await stub.wake();
    await accept([alertOf()]);
    await accept([alertOf()]);
    await stub.wake();
    expect(await listed(company_id)).toMatchObject([{ alert_count: 3 }]);
  });
});
