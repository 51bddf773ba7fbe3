import { runInDurableObject } from "cloudflare:test";
import { expect, it } from "vitest";
import { Deliveries } from "../../durable-objects/deliveries.ts";
import { COMPANY_STEPS, migrateCompany } from "../../durable-objects/schema.ts";
import { freshCompany } from "../support/company-object.ts";

/** The step that put the newest of each key into tables of their own. */
const KEYS = COMPANY_STEPS.findIndex((step) => step.includes("CREATE TABLE alert_keys"));
const PAGES = COMPANY_STEPS.findIndex((step) => step.includes("CREATE TABLE delivery_pages"));
const DAY_MS = 86_400_000;

/** An object as it was before `step`. */
async function before(step: number, storage: DurableObjectStorage): Promise<void> {
  await storage.deleteAll();
  const { sql } = storage;
  for (const earlier of COMPANY_STEPS.slice(0, step)) sql.exec(earlier);
  sql.exec("INSERT INTO meta VALUES ('schema', ?)", String(step));
}

it("an object from before the tables of keys keeps which alert and incident of a key is the newest", async () => {
  const { object } = await freshCompany();
  await runInDurableObject(object(), async (_, { storage }) => {
    await before(KEYS, storage);
    const { sql } = storage;
    for (const [seq, key, current] of [
      [1, "a", 0],
      [2, "a", 1],
      [3, "b", 1],
    ]) {
      sql.exec(
        `INSERT INTO alerts (seq, key, current, status, severity, tool, received_at, data)
         VALUES (?, ?, ?, 'resolved', 'high', 'test', 0, '{}')`,
        seq,
        key,
        current,
      );
      sql.exec("INSERT INTO incidents VALUES (?, ?, ?, '{}')", seq, key, current);
    }
    migrateCompany(sql);
    for (const table of ["alert_keys", "incident_keys"])
      expect(sql.exec(`SELECT key, seq FROM ${table}`).toArray()).toEqual([
        { key: "a", seq: 2 },
        { key: "b", seq: 3 },
      ]);
    expect(sql.exec("SELECT COUNT(*) AS n FROM alerts").one()).toEqual({ n: 3 });
    migrateCompany(sql);
  });
});

it("an object from before the pages of deliveries knows each delivery again", async () => {
  const { object } = await freshCompany();
  await runInDurableObject(object(), async (_, { storage }) => {
    await before(PAGES, storage);
    const { sql } = storage;
    const today = 20_000;
    // Bodies of many alerts: more than one page has room for.
    const many = JSON.stringify(Array.from({ length: 10_000 }, (_, i) => i));
    const rows: [day: number, id: string, hash: string, ids: string][] = [
      [today - 1, 'h:a "quoted" one', "hash-1", "[1,null]"],
      [today, "s:00ff", "hash-2", "[2]"],
      ...Array.from(
        { length: 12 },
        (_, n) => [today, `h:many-${n}`, "hash-3", many] satisfies [number, string, string, string],
      ),
    ];
    for (const [day, id, hash, ids] of rows)
      sql.exec("INSERT INTO deliveries VALUES (?, ?, ?, ?, ?)", day, id, hash, ids, (day + 1) * DAY_MS);
    migrateCompany(sql);
    const pages = sql.exec<{ size: number }>("SELECT LENGTH(data) AS size FROM delivery_pages").toArray();
    expect(pages.length).toBeGreaterThan(2);
    for (const { size } of pages) expect(size).toBeLessThan(300_000);

    const deliveries = new Deliveries(sql);
    const known = deliveries.find([...rows.map(([, id]) => id), "h:another"], today * DAY_MS - 1);
    expect(known.size).toBe(rows.length);
    expect(known.get('h:a "quoted" one')).toMatchObject({ body_hash: "hash-1", ids: [1, null] });
    expect(known.get("h:many-11")?.ids.length).toBe(10_000);
    expect([...deliveries.find(['h:a "quoted" one', "s:00ff"], today * DAY_MS).keys()]).toEqual(["s:00ff"]);
  });
});
