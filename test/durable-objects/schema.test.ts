import { runInDurableObject } from "cloudflare:test";
import { expect, it } from "vitest";
import { COMPANY_STEPS, migrateCompany } from "../../durable-objects/schema.ts";
import { freshCompany } from "../support/company-object.ts";

/** The step that put the newest of each key into tables of their own. */
const KEYS = COMPANY_STEPS.findIndex((step) => step.includes("CREATE TABLE alert_keys"));

it("an object from before the tables of keys keeps which alert and incident of a key is the newest", async () => {
  const { object } = await freshCompany();
  await runInDurableObject(object(), async (_, { storage }) => {
    await storage.deleteAll();
    const { sql } = storage;
    for (const step of COMPANY_STEPS.slice(0, KEYS)) sql.exec(step);
    sql.exec("INSERT INTO meta VALUES ('schema', ?)", String(KEYS));
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
