import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { NormalizedAlert } from "../../core/alert.ts";
import { alertOf, freshCompany, movableClock } from "../support/company-object.ts";

const MINUTE = 60_000;
const DAY = 86_400_000;

let time: ReturnType<typeof movableClock>;
beforeEach(() => {
  time = movableClock();
});
afterEach(() => time.restore());

type Company = Awaited<ReturnType<typeof freshCompany>>;

const keep = (company: Company, alerts_days: number, incidents_days: number) =>
  company.stub.update(company.actor, { retention: { alerts_days, incidents_days } });

/** Takes alerts in and lets them, and their incidents, come to their end. */
async function over(company: Company, names: string[]): Promise<void> {
  const each = (more: Partial<NormalizedAlert>) =>
    names.map((asset_name) => alertOf({ asset_name, ...more }));
  await company.accept(each({}));
  time.forward(MINUTE);
  await company.accept(each({ status: "resolved", event_time: time.now }));
  time.forward(4 * MINUTE);
  await wakeAll(company);
}

/** Runs what is due until nothing is. */
async function wakeAll(company: Company): Promise<void> {
  for (let i = 0; i < 100; i++) {
    const next = await company.stub.wake();
    if (next === null || next > time.now) return;
  }
  throw new Error("always something due");
}

const rows = (company: Company) =>
  runInDurableObject(company.object(), (_, state) => {
    const count = (table: string) =>
      state.storage.sql.exec<{ n: number }>(`SELECT COUNT(*) AS n FROM ${table}`).one().n;
    return {
      alerts: count("alerts"),
      incidents: count("incidents"),
      timeline: count("timeline"),
      counters: count("counters"),
    };
  });

async function listed(company: Company) {
  const count = async (sql: string) =>
    (await env.DB.prepare(sql).bind(company.company_id).first<{ n: number }>())?.n;
  return {
    incidents: await count("SELECT COUNT(*) AS n FROM incidents WHERE company_id = ?1"),
    counters: await count("SELECT COUNT(*) AS n FROM counters WHERE company_id = ?1"),
  };
}

it("deletes what is over and old, here and in the lists, and never what is open", async () => {
  const company = await freshCompany();
  await keep(company, 10, 20);
  await over(company, ["old-1", "old-2"]);
  await company.accept([alertOf({ asset_name: "still-on" })]);
  expect(await rows(company)).toMatchObject({ alerts: 3, incidents: 3 });
  // "still-on" goes on being heard of, every day.
  for (let day = 1; day <= 9; day++) {
    time.forward(DAY - 10 * MINUTE);
    await company.accept([alertOf({ asset_name: "still-on" })]);
    await wakeAll(company);
  }
  expect(await rows(company)).toMatchObject({ alerts: 3, incidents: 3 });
  for (let day = 10; day <= 12; day++) {
    time.forward(DAY - 10 * MINUTE);
    await company.accept([alertOf({ asset_name: "still-on" })]);
    await wakeAll(company);
  }
  // The alerts are gone, their incidents stay ten days more.
  expect(await rows(company)).toMatchObject({ alerts: 1, incidents: 3 });
  expect(await listed(company)).toMatchObject({ incidents: 3 });
  expect((await company.incident(1)).alerts).toEqual([]);
  for (let day = 13; day <= 22; day++) {
    time.forward(DAY - 10 * MINUTE);
    await company.accept([alertOf({ asset_name: "still-on" })]);
    await wakeAll(company);
  }
  expect(await rows(company)).toMatchObject({ alerts: 1, incidents: 1 });
  expect(await listed(company)).toMatchObject({ incidents: 1 });
  expect(await company.incident(3)).toMatchObject({ status: "new", firing_alerts: 1 });
  const kept = await runInDurableObject(company.object(), (_, state) =>
    state.storage.sql.exec("SELECT DISTINCT incident FROM timeline").toArray(),
  );
  expect(kept).toEqual([{ incident: 3 }]);
  // Hours of more than ten days ago.
  const oldest = await env.DB.prepare("SELECT MIN(hour) AS at FROM counters WHERE company_id = ?1")
    .bind(company.company_id)
    .first<{ at: number }>();
  expect(oldest?.at).toBeGreaterThan(time.now - 12 * DAY);
});

it("goes slice by slice, holds up no alert, and gives no number twice", async () => {
  const company = await freshCompany();
  await company.settle({ strategy: "signature" });
  await over(
    company,
    Array.from({ length: 1200 }, (_, i) => `web-${i}`),
  );
  expect(await rows(company)).toMatchObject({ alerts: 1200, incidents: 1 });
  time.forward(3 * DAY);
  await keep(company, 1, 1);
  await company.stub.wake();
  expect(await rows(company)).toMatchObject({ alerts: 700 });
  const answer = await company.accept([alertOf({ asset_name: "meanwhile", signature: "other" })]);
  expect(answer).toMatchObject({ kind: "received" });
  await wakeAll(company);
  expect(await rows(company)).toMatchObject({ alerts: 1, incidents: 1 });
  await company.accept([
    alertOf({ asset_name: "meanwhile", signature: "other", status: "resolved", event_time: time.now }),
  ]);
  time.forward(3 * DAY);
  await wakeAll(company);
  time.forward(2 * DAY);
  await wakeAll(company);
  expect(await rows(company)).toMatchObject({ alerts: 0, incidents: 0, timeline: 0, counters: 0 });
  await company.crash();
  const next = await company.accept([alertOf({ asset_name: "after" })]);
  const suffix = (1202).toString(36);
  expect(next).toMatchObject({ alert_ids: [expect.stringMatching(new RegExp(`_${suffix}$`))] });
});

it("waits while the database is away, so that no list keeps what is gone", async () => {
  const company = await freshCompany();
  await over(company, ["old"]);
  time.forward(3 * DAY);
  const away = vi.spyOn(env.DB, "batch").mockRejectedValue(new Error("D1_ERROR: away"));
  await keep(company, 1, 1);
  await company.stub.wake();
  expect(await rows(company)).toMatchObject({ incidents: 1 });
  away.mockRestore();
  time.forward(MINUTE);
  await wakeAll(company);
  expect(await rows(company)).toMatchObject({ incidents: 0 });
  expect(await listed(company)).toMatchObject({ incidents: 0 });
});
