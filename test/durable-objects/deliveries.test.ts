import { runInDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Deliveries, SIGNATURES_MAX } from "../../durable-objects/deliveries.ts";
import { alertOf, freshCompany, movableClock } from "../support/company-object.ts";

const DAY = 86_400_000;

let time: ReturnType<typeof movableClock>;
beforeEach(() => {
  time = movableClock();
});
afterEach(() => time.restore());

describe("a busy company", () => {
  /** More than a page that grows. */
  const MANY = 600;

  async function busy() {
    const company = await freshCompany();
    const send = (id: string, hours: 24 | 77 = 24) =>
      company.accept([alertOf()], { delivery_id: id, delivery_ttl_hours: hours });
    const sendMany = async (prefix: string) => {
      const answers = await Promise.all(Array.from({ length: MANY }, (_, n) => send(`${prefix}-${n}`)));
      await company.stub.wake();
      return new Set(answers.map((answer) => answer.kind));
    };
    return { ...company, send, sendMany };
  }

  it("knows every delivery again: from before its memory, from before a crash, and of days ago", async () => {
    const { send, sendMany, crash } = await busy();
    await send("long-lived", 77);
    expect(await sendMany("first")).toEqual(new Set(["received"]));
    time.forward(DAY);
    await crash();
    expect((await send("long-lived", 77)).kind).toBe("duplicate");
    expect(await sendMany("second")).toEqual(new Set(["received"]));
    expect(await sendMany("second")).toEqual(new Set(["duplicate"]));
    expect(await sendMany("third")).toEqual(new Set(["received"]));
    expect(await sendMany("second")).toEqual(new Set(["duplicate"]));
    expect(await sendMany("third")).toEqual(new Set(["duplicate"]));
    expect((await send("long-lived", 77)).kind).toBe("duplicate");
    expect((await send("new", 77)).kind).toBe("received");
  });

  it("forgets them when their time is over", async () => {
    const { send, sendMany, stub } = await busy();
    await sendMany("first");
    await sendMany("second");
    time.forward(DAY + 1000);
    expect((await send("first-0")).kind).toBe("received");
    for (let day = 0; day < 6; day++) {
      time.forward(DAY);
      await stub.wake();
    }
    expect((await send("second-0")).kind).toBe("received");
    expect((await send("second-0")).kind).toBe("duplicate");
  });
});

describe("the same signed bytes under another delivery id", () => {
  const signed = (hex: string, id: string) => ({
    delivery_id: id,
    signature: { hex, timestamp: 0 },
  });

  it("are known again after a crash, whether or not a checkpoint came between", async () => {
    const { accept, crash, stub } = await freshCompany();
    expect((await accept([alertOf()], signed("a1", "one"))).kind).toBe("received");
    await stub.wake();
    expect((await accept([alertOf()], signed("b2", "two"))).kind).toBe("received");
    await crash();
    for (const hex of ["a1", "b2"])
      expect((await accept([alertOf()], signed(hex, `again-${hex}`))).kind).toBe("duplicate");
    time.forward(11 * 60_000);
    await crash();
    expect((await accept([alertOf()], signed("a1", "three"))).kind).toBe("received");
  });

  it("are remembered of the newest alone where there are very many", async () => {
    const { object } = await freshCompany();
    await runInDurableObject(object(), (_, { storage }) => {
      const deliveries = new Deliveries(storage.sql);
      const now = time.now;
      for (let n = 0; n <= SIGNATURES_MAX; n++) deliveries.rememberSignature(`hex-${n}`, `key-${n}`, now);
      expect(deliveries.bySignature("hex-0", now)).toBeUndefined();
      expect(deliveries.bySignature("hex-1", now)).toBe("key-1");
      expect(deliveries.bySignature(`hex-${SIGNATURES_MAX}`, now)).toBe(`key-${SIGNATURES_MAX}`);
    });
  });
});

describe("pages of deliveries", () => {
  const HOUR = 3_600_000;
  const delivery = (
    key: string,
    { ttl_hours = 24, ids = [1] }: { ttl_hours?: number; ids?: number[] } = {},
  ) => ({
    key,
    body_hash: `hash of ${key}`,
    ids,
    ttl_hours,
    signature: null,
  });

  async function memory(work: (m: Awaited<ReturnType<typeof open>>) => void): Promise<void> {
    const { object } = await freshCompany();
    await runInDurableObject(object(), (_, { storage }) => work(open(storage)));
  }

  function open({ sql }: DurableObjectStorage) {
    let life = new Deliveries(sql);
    const take = (keys: string[], more = {}) =>
      life.take(
        keys.map((key) => delivery(key, more)),
        time.now,
      );
    return {
      take,
      /** A second's deliveries, and its checkpoint. */
      second: (keys: string[], more = {}) => {
        take(keys, more);
        life.checkpoint(time.now)();
      },
      failingCheckpoint: () => void life.checkpoint(time.now),
      knows: (...keys: string[]) => [...life.find(keys, time.now).keys()],
      whole: (key: string) => life.find([key], time.now).get(key),
      crash: () => {
        life = new Deliveries(sql);
      },
      prune: () => life.prune(time.now),
      any: () => life.any(),
      blocks: () => sql.exec<{ n: number }>("SELECT COUNT(*) AS n FROM delivery_blocks").one().n,
      rows: () => sql.exec<{ n: number }>("SELECT COUNT(*) AS n FROM delivery_pages").one().n,
    };
  }

  const keys = (prefix: string, count: number) => Array.from({ length: count }, (_, n) => `${prefix}-${n}`);

  it("many deliveries share a row, few and few share one as well", () =>
    memory(({ second, rows, knows, whole, crash }) => {
      second(keys("many", 1000));
      expect(rows()).toBe(1);
      for (let n = 0; n < 100; n++) second([`alone-${n}`]);
      expect(rows()).toBe(2);
      second(keys("more", 10_000));
      expect(rows()).toBe(1 + 10);
      for (let life = 0; life < 2; life++) {
        for (const key of ["many-0", "many-999", "alone-0", "alone-99", "more-0", "more-9999"])
          expect(whole(key)).toMatchObject({ body_hash: `hash of ${key}`, ids: [1] });
        expect(knows("many-1000", "alone-100", "more-10000")).toEqual([]);
        crash();
      }
    }));

  it("of very many, each is known, whatever of them is in a block, and a block ends with its last", () =>
    memory(({ second, knows, whole, crash, blocks, rows, prune, any }) => {
      for (let n = 0; n < 80; n++) second(keys(`second-${n}`, 300));
      second(["second-0-7"], { ids: [2] });
      expect(blocks()).toBe(2);
      second(keys("burst", 80_000));
      second(["after"]);
      expect(blocks()).toBe(3);
      second(["the next second"]);
      expect(blocks()).toBe(4);
      expect(knows("burst-0", "burst-39999", "burst-79999", "burst-80000", "after").length).toBe(4);
      const first = keys("second-0", 300);
      for (let life = 0; life < 2; life++) {
        expect(knows(...first, "second-1-299", "second-40-0", "second-79-299", "second-80-0").length).toBe(
          303,
        );
        expect(whole("second-0-7")?.ids).toEqual([2]);
        expect(whole("second-0-8")?.ids).toEqual([1]);
        crash();
      }
      time.forward(12 * HOUR);
      second(["later"]);
      time.forward(12 * HOUR);
      prune();
      expect(knows("second-0-1", "second-79-1", "later")).toEqual(["later"]);
      expect([blocks(), rows()]).toEqual([0, 1]);
      crash();
      time.forward(12 * HOUR);
      prune();
      expect([any(), rows()]).toEqual([false, 0]);
    }));

  it("a body of ten thousand alerts takes its room, and no value grows past what a row may hold", () =>
    memory(({ second, rows, whole }) => {
      const ids = Array.from({ length: 10_000 }, (_, n) => 100_000 + n);
      second(keys("large", 20), { ids });
      expect(rows()).toBeGreaterThan(1);
      expect(whole("large-19")?.ids).toEqual(ids);
    }));

  it("a checkpoint that is rolled back is made again, and nothing is forgotten", () =>
    memory(({ second, take, failingCheckpoint, knows, rows, crash }) => {
      second(["one"]);
      take(["two"]);
      failingCheckpoint();
      expect(knows("one", "two")).toEqual(["two", "one"]);
      second(["three"]);
      crash();
      expect(knows("one", "two", "three")).toEqual(["one", "two", "three"]);
      expect(rows()).toBe(1);
    }));

  it("each ends at its own time, and a page with its last", () =>
    memory(({ second, knows, whole, prune, any, rows }) => {
      second(["day"]);
      second(["long"], { ttl_hours: 77 });
      expect(rows()).toBe(1);
      time.forward(24 * HOUR);
      expect(knows("day", "long")).toEqual(["long"]);
      prune();
      expect(rows()).toBe(1);
      // The id of yesterday anew: the page it was on is written again without it.
      second(["day"]);
      expect(whole("day")).toBeDefined();
      time.forward(24 * HOUR);
      expect(knows("day", "long")).toEqual(["long"]);
      time.forward(29 * HOUR);
      prune();
      expect([rows(), any(), knows("day", "long")]).toEqual([0, false, []]);
      second(["new"]);
      expect(knows("new")).toEqual(["new"]);
    }));
});
