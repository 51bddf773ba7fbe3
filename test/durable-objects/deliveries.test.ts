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
  /** More than an object takes before it keeps in memory which ids it knows. */
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
    // Another life, that has read nothing in yet, and then has.
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
