import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { alertOf, freshCompany, movableClock } from "../support/company-object.ts";

const MINUTE = 60_000;

let time: ReturnType<typeof movableClock>;
beforeEach(() => {
  time = movableClock();
});
afterEach(() => time.restore());

describe("an object nobody initialised", () => {
  it("knows no key and writes nothing", async () => {
    const stub = env.COMPANY.get(env.COMPANY.idFromName("co_0000000000000000"));
    expect(await stub.policy()).toBeNull();
    const answer = await stub.accept({
      policy_version: 1,
      key_hash: "x",
      delivery_id: null,
      delivery_ttl_hours: 24,
      body_hash: "",
      signature: null,
      alerts: [alertOf()],
    });
    expect(answer).toEqual({ kind: "unknown_key", gone: true });
    expect(await stub.wake()).toBeNull();
    const tables = await runInDurableObject(stub, (_, state) =>
      state.storage.sql.exec("SELECT name FROM sqlite_master WHERE name NOT LIKE '_cf%'").toArray(),
    );
    expect(tables).toEqual([]);
  });
});

describe("memory lost at any moment", () => {
  it("brings back repeats that only the journal had, once", async () => {
    const { object, accept, incident, crash } = await freshCompany();
    await accept([alertOf()]);
    for (let i = 0; i < 7; i++) await accept([alertOf({ message: `CPU at ${i} %` })]);
    const before = await incident(1);
    expect(before).toMatchObject({ alert_count: 8 });
    const behind = await runInDurableObject(object(), (_, state) =>
      state.storage.sql.exec<{ n: number }>("SELECT data->>'count' AS n FROM alerts").one(),
    );
    await crash();
    const after = await incident(1);
    expect(after.alert_count).toBe(8);
    expect(after.alerts[0]).toMatchObject({ count: 8, message: "CPU at 6 %" });
    expect(after.version).toBe(before.version);
    // Else this would not test the journal.
    expect(behind.n).toBeLessThan(8);
    await crash();
    await accept([alertOf()]);
    await crash();
    expect(await incident(1)).toMatchObject({ alert_count: 9, version: before.version + 1 });
  });

  it("adds a journalled repeat to a row that a command wrote meanwhile exactly once", async () => {
    const { stub, accept, incident, actor, crash } = await freshCompany();
    await accept([alertOf()]);
    await accept([alertOf()]);
    await stub.command(actor, (await incident(1)).id, { type: "acknowledge" });
    await accept([alertOf()]);
    await crash();
    const after = await incident(1);
    expect(after).toMatchObject({ alert_count: 3, status: "acknowledged" });
    expect(after.alerts[0]?.count).toBe(3);
  });

  it("remembers deliveries and signed bytes", async () => {
    const { accept, crash } = await freshCompany();
    const signature = { hex: "ab".repeat(32), timestamp: 1 };
    const first = await accept([alertOf()], { delivery_id: "d-1", signature });
    expect(first.kind).toBe("received");
    await crash();
    expect((await accept([alertOf()], { delivery_id: "d-1" })).kind).toBe("duplicate");
    expect((await accept([alertOf()], { delivery_id: "d-2", signature })).kind).toBe("duplicate");
    expect((await accept([alertOf()], { delivery_id: "d-1", body_hash: "other" })).kind).toBe(
      "delivery_conflict",
    );
    time.forward(25 * 60 * MINUTE);
    expect((await accept([alertOf()], { delivery_id: "d-1" })).kind).toBe("received");
  });

  it("keeps windows: an alert after it joins the incident opened before", async () => {
    const { accept, incident, crash } = await freshCompany();
    await accept([alertOf()]);
    await crash();
    time.forward(14 * MINUTE);
    await accept([alertOf({ tool_source: "other" })]);
    expect(await incident(1)).toMatchObject({ distinct_alerts: 2, tool_sources: ["test", "other"] });
  });
});

describe("deadlines", () => {
  it("resolves an incident by itself once all of it stayed quiet", async () => {
    const { object, stub, accept, incident, settle } = await freshCompany();
    await settle({ resolve_delay_minutes: 3 });
    await accept([alertOf()]);
    time.forward(MINUTE);
    await accept([alertOf({ status: "resolved" })]);
    time.forward(2 * MINUTE);
    await runDurableObjectAlarm(object());
    expect((await incident(1)).status).toBe("new");
    time.forward(MINUTE);
    await stub.wake();
    expect(await incident(1)).toMatchObject({ status: "resolved", resolved_by: null });
    await stub.wake();
    const resolutions = (await incident(1)).timeline.filter((e) => e.kind === "resolved");
    expect(resolutions).toHaveLength(1);
  });

  it("does not resolve what fired again meanwhile", async () => {
    const { stub, accept, incident } = await freshCompany();
    await accept([alertOf()]);
    time.forward(1000);
    await accept([alertOf({ status: "resolved" })]);
    time.forward(1000);
    await accept([alertOf()]);
    time.forward(10 * MINUTE);
    await stub.wake();
    expect((await incident(1)).status).toBe("new");
  });

  it("go on through eviction, and the earliest is told to whoever asks", async () => {
    const { stub, accept, incident, crash } = await freshCompany();
    await accept([alertOf()]);
    time.forward(1000);
    await accept([alertOf({ status: "resolved" })]);
    await crash();
    time.forward(3 * MINUTE);
    const next = await stub.wake();
    expect((await incident(1)).status).toBe("resolved");
    expect(next).toBeGreaterThan(time.now);
  });

  it("one that fails is put off and starves nobody", async () => {
    const { object, stub, accept, incident, crash } = await freshCompany();
    await accept([alertOf()]);
    time.forward(1000);
    await accept([alertOf({ status: "resolved" })]);
    await runInDurableObject(object(), (_, state) => {
      state.storage.sql.exec("INSERT INTO deadlines VALUES ('resolve:boom', 1)");
    });
    await crash();
    time.forward(5 * MINUTE);
    await stub.wake();
    expect((await incident(1)).status).toBe("resolved");
  });

  it("closes an alert that was silent for a day, and then its incident", async () => {
    const { stub, accept, incident } = await freshCompany();
    await accept([alertOf()]);
    time.forward(20 * 60 * MINUTE);
    await accept([alertOf()]);
    time.forward(5 * 60 * MINUTE);
    await stub.wake();
    expect((await incident(1)).alerts[0]?.status).toBe("firing");
    time.forward(20 * 60 * MINUTE);
    await stub.wake();
    expect((await incident(1)).alerts[0]?.status).toBe("expired");
    time.forward(3 * MINUTE);
    await stub.wake();
    expect((await incident(1)).status).toBe("resolved");
  });
});

describe("the store", () => {
  it("holds one current alert per key, whatever comes at once", async () => {
    const { object, accept, incident } = await freshCompany();
    const answers = await Promise.all(Array.from({ length: 100 }, () => accept([alertOf()])));
    const ids = new Set(answers.flatMap((a) => (a.kind === "received" ? a.alert_ids : ["refused"])));
    expect(ids.size).toBe(1);
    expect((await incident(1)).alerts[0]?.count).toBe(100);
    const commits = await runInDurableObject(object(), (_, state) =>
      state.storage.sql.exec<{ n: number }>("SELECT COUNT(*) AS n FROM journal").one(),
    );
    // Grouped: far fewer transactions than deliveries.
    expect(commits.n).toBeLessThan(50);
  });

  it("does not let one delivery that cannot be written take its neighbours with it", async () => {
    const { accept, incident } = await freshCompany();
    const poison = alertOf({
      tags: 7 as unknown as [string, string][],
      asset_name: null as unknown as string,
    });
    const [good, bad, good2] = await Promise.allSettled([
      accept([alertOf()]),
      accept([poison]),
      accept([alertOf({ asset_name: "web-02" })]),
    ]);
    expect(bad.status).toBe("rejected");
    expect([good.status, good2.status]).toEqual(["fulfilled", "fulfilled"]);
    expect((await incident(1)).alerts[0]?.count).toBe(1);
    expect((await incident(2)).asset_names).toEqual(["web-02"]);
  });

  it("cleans up deliveries, journal and tombstones when their time is over", async () => {
    const { object, stub, accept } = await freshCompany();
    await accept([alertOf({ status: "resolved" })]);
    await accept([alertOf()]);
    const count = () =>
      runInDurableObject(object(), (_, state) =>
        ["delivery_pages", "journal", "tombstones"].map(
          (t) => state.storage.sql.exec<{ n: number }>(`SELECT COUNT(*) AS n FROM ${t}`).one().n,
        ),
      );
    await stub.wake();
    expect((await count())[0]).toBe(1);
    for (let day = 0; day < 7; day++) {
      time.forward(24 * 60 * MINUTE);
      await stub.wake();
    }
    const [deliveries, journal, tombstones] = await count();
    expect(deliveries).toBe(0);
    expect(tombstones).toBe(0);
    expect(journal).toBeLessThanOrEqual(1);
  });
});
