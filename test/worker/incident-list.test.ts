import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { Incident } from "../../core/incident.ts";
import { SEVERITIES, severityRank } from "../../core/severity.ts";
import type { ProjectedIncident } from "../../durable-objects/rpc.ts";
import { ALL_RANKS, ALL_STATUSES, type IncidentFilter } from "../../worker/incident-list/filter.ts";
import { SORTS, type Sort } from "../../worker/incident-list/order.ts";
import { incidentPage } from "../../worker/incident-list/page.ts";
import { projectBatch } from "../../worker/projection/project-batch.ts";
import { bareTenant, projected } from "./incident-factory.ts";

const NOW = Date.UTC(2026, 5, 1, 12);
const HOUR = 3_600_000;

function filter(msp_id: string, more: Partial<IncidentFilter> = {}): IncidentFilter {
  return {
    msp_id,
    company_ids: null,
    statuses: ALL_STATUSES,
    severity_ranks: ALL_RANKS,
    q: null,
    from: null,
    to: null,
    sort: "priority",
    asof: NOW,
    after: null,
    limit: 7,
    ...more,
  };
}

/** Every page after the other, as a client walks them. */
async function walkAll(ask: IncidentFilter): Promise<Incident[]> {
  const all: Incident[] = [];
  let after = ask.after;
  do {
    const page = await incidentPage(env.DB, { ...ask, after }, NOW);
    all.push(...page.items);
    after = page.last;
  } while (after);
  return all;
}

/** A fixed sequence, so that a failure can be looked at again. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * sides);
  };
}

async function seed(companies: string[], mspId: string, count: number): Promise<ProjectedIncident[]> {
  const roll = dice(count);
  const all: ProjectedIncident[] = [];
  for (const company_id of companies) {
    const incidents = Array.from({ length: count }, (_, i) => {
      // Many share a time, some lie in the future by a skewed clock, and ages run well past the cap.
      const created = NOW + HOUR / 2 - roll(60) * (HOUR / 3);
      return projected(company_id, i + 1, {
        severity: SEVERITIES[roll(4)] ?? "low",
        status: (["new", "acknowledged", "in_progress", "resolved"] as const)[roll(4)] ?? "new",
        alert_count: 1 + roll(12),
        created,
        updated: created + roll(3) * HOUR,
      });
    });
    await projectBatch(env.DB, { msp_id: mspId, company_id, incidents, counters: [] });
    all.push(...incidents);
    await env.DB.batch([
      env.DB.prepare("INSERT OR IGNORE INTO msps (id, name, created_at) VALUES (?1, 'An MSP', 0)").bind(
        mspId,
      ),
      env.DB.prepare("INSERT INTO companies VALUES (?1, ?2, 'A company', 'UTC', 0, NULL)").bind(
        company_id,
        mspId,
      ),
    ]);
  }
  return all;
}

/** The figure a list in that order must never raise from one row to the next. */
function figure(sort: Sort, { incident, priority_base }: ProjectedIncident): number {
  const created = Date.parse(incident.created_at);
  if (sort === "created") return created;
  if (sort === "updated") return Date.parse(incident.updated_at);
  if (sort === "severity") return severityRank(incident.severity);
  return priority_base - Math.min(Math.max(NOW - created, 0) / HOUR, 10);
}

describe("the incident list", () => {
  it("shows each incident once, in order, over all pages, for every sort and filter", async () => {
    const { msp_id, company_id } = bareTenant();
    const second = bareTenant().company_id;
    const all = await seed([company_id, second], msp_id, 120);
    const byId = new Map(all.map((one) => [one.incident.id, one]));
    const cases: [Partial<IncidentFilter>, (incident: Incident) => boolean][] = [
      [{}, () => true],
      [{ company_ids: [second] }, (i) => i.company_id === second],
      [{ company_ids: [company_id, second] }, () => true],
      [{ company_ids: [] }, () => false],
      [{ statuses: ["new", "acknowledged", "in_progress"] }, (i) => i.status !== "resolved"],
      [
        { severity_ranks: [4], company_ids: [company_id] },
        (i) => i.severity === "critical" && i.company_id === company_id,
      ],
      [
        { from: NOW - 9 * HOUR, to: NOW - 2 * HOUR },
        (i) => Date.parse(i.created_at) >= NOW - 9 * HOUR && Date.parse(i.created_at) <= NOW - 2 * HOUR,
      ],
      [{ q: "web cpu" }, () => true],
      [{ q: "web-11", statuses: ["new"] }, (i) => /web-11/.test(i.title) && i.status === "new"],
    ];
    for (const sort of SORTS) {
      for (const [more, wanted] of cases) {
        const what = `${sort} ${JSON.stringify(more)}`;
        const shown = await walkAll(filter(msp_id, { ...more, sort }));
        const expected = all.filter((one) => wanted(one.incident)).map((one) => one.incident.id);
        expect(shown.map((one) => one.id).sort(), what).toEqual(expected.sort());
        const figures = shown.map((one) => figure(sort, byId.get(one.id)!));
        for (let i = 1; i < figures.length; i++)
          expect(figures[i]!, `${what} at ${i}`).toBeLessThanOrEqual(figures[i - 1]! + 1e-9);
      }
    }
  });

  it("shows what is assigned to somebody or to nobody, and what is escalated", async () => {
    const { msp_id, company_id } = bareTenant();
    const ada = { id: "us_ada", name: "Ada" };
    const incidents = [
      projected(company_id, 1, { assigned_to: ada }),
      projected(company_id, 2, { assigned_to: { id: "us_bob", name: "Bob" }, escalated: true }),
      projected(company_id, 3),
    ];
    await projectBatch(env.DB, { msp_id, company_id, incidents, counters: [] });
    const shown = async (more: Partial<IncidentFilter>) =>
      (await walkAll(filter(msp_id, { ...more, limit: 1 }))).map(({ id }) => id.slice(-1)).sort();
    expect(await shown({ assigned_to: "us_ada" })).toEqual(["1"]);
    expect(await shown({ assigned_to: "nobody" })).toEqual(["3"]);
    expect(await shown({ assigned_to: "us_none" })).toEqual([]);
    expect(await shown({ escalated: true })).toEqual(["2"]);
    expect(await shown({ escalated: false, q: "web" })).toEqual(["1", "3"]);
  });

  it("tells the score of now", async () => {
    const { msp_id, company_id } = bareTenant();
    const incident = projected(company_id, 1, { severity: "critical", created: NOW - 2.5 * HOUR });
    await projectBatch(env.DB, { msp_id, company_id, incidents: [incident], counters: [] });
    const { items } = await incidentPage(env.DB, filter(msp_id), NOW);
    expect(items[0]).toMatchObject({ priority_score: 89.5, priority_parts: { age: 2.5 } });
  });

  it("shows nothing of another MSP, not even to a search", async () => {
    const mine = bareTenant();
    const theirs = bareTenant();
    await projectBatch(env.DB, { ...theirs, incidents: [projected(theirs.company_id, 1)], counters: [] });
    for (const sort of SORTS)
      for (const q of [null, "web"])
        for (const company_ids of [null, [theirs.company_id]])
          expect(
            (await incidentPage(env.DB, filter(mine.msp_id, { sort, q, company_ids }), NOW)).items,
          ).toEqual([]);
  });
});

describe("at 100,000 incidents", () => {
  const COUNT = 100_000;

  /** Straight into the table: what matters here is its size. A tenth are born in one millisecond. */
  async function fill(msp_id: string, company_id: string, count: number): Promise<void> {
    const { incident } = projected(company_id, 1, { created: NOW });
    await env.DB.prepare(
      `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?4)
       INSERT INTO incidents (id, msp_id, company_id, version, status, severity_rank, priority_base, created_at,
         updated_at, self_healed, search_text, data)
       SELECT 'in_' || substr(?2, 4) || '_' || i, ?1, ?2, 1,
         CASE WHEN i % 10 < 7 THEN 'resolved' WHEN i % 10 < 9 THEN 'new' ELSE 'acknowledged' END,
         1 + i % 4, 12 + (i % 4) * 30 + (i * 7 % 10) * 2,
         CASE WHEN i % 11 = 0 THEN ?5 - 3600000 ELSE ?5 - i * 20000 END,
         CASE WHEN i % 11 = 0 THEN ?5 ELSE ?5 - i * 10000 END, 0, 'High CPU usage web ' || (i % 500), ?3 FROM n`,
    )
      .bind(msp_id, company_id, JSON.stringify(incident), count, NOW)
      .run();
    await env.DB.prepare("INSERT OR IGNORE INTO msps (id, name, created_at) VALUES (?1, 'An MSP', 0)")
      .bind(msp_id)
      .run();
    await env.DB.prepare("INSERT INTO companies VALUES (?1, ?2, 'A company', 'UTC', 0, NULL)")
      .bind(company_id, msp_id)
      .run();
  }

  /** Counts what the database reads, which neither a slow machine nor luck changes. */
  function reading() {
    let rows = 0;
    const statement = (inner: D1PreparedStatement): D1PreparedStatement =>
      new Proxy(inner, {
        get(target, name) {
          if (name === "bind") return (...values: unknown[]) => statement(target.bind(...values));
          if (name === "all")
            return async () => {
              const result = await target.all();
              rows += result.meta.rows_read;
              return result;
            };
          const value = Reflect.get(target, name) as unknown;
          return typeof value === "function" ? value.bind(target) : value;
        },
      });
    const db = new Proxy(env.DB, {
      get: (target, name) =>
        name === "prepare" ? (sql: string) => statement(target.prepare(sql)) : Reflect.get(target, name),
    });
    return { db, rows: () => rows };
  }

  it("reads a few rows a page, however deep, in every order", async () => {
    const { msp_id, company_id } = bareTenant();
    await fill(msp_id, company_id, COUNT);
    const open = ["new", "acknowledged", "in_progress"];
    for (const sort of SORTS) {
      for (const more of [{}, { statuses: open }, { company_ids: [company_id], statuses: ["resolved"] }]) {
        const ask = filter(msp_id, { ...more, sort, limit: 50 });
        let { last } = await incidentPage(env.DB, { ...ask, limit: 5000 }, NOW);
        ({ last } = await incidentPage(env.DB, { ...ask, limit: 5000, after: last }, NOW));
        for (const after of [null, last]) {
          const { db, rows } = reading();
          const page = await incidentPage(db, { ...ask, after }, NOW);
          expect(page.items).toHaveLength(50);
          const what = `${sort} ${JSON.stringify(more).slice(0, 60)} after ${after?.seq}`;
          expect(rows(), what).toBeLessThan(1500);
        }
      }
    }
    for (const q of ["web 7", "cpu"]) {
      expect((await incidentPage(env.DB, filter(msp_id, { q, limit: 50 }), NOW)).items).toHaveLength(50);
    }
  }, 120_000);
});
