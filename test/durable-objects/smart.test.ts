import { runInDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { NormalizedAlert } from "../../core/alert.ts";
import type { SavedModel } from "../../core/smart/model.ts";
import { alertOf, freshCompany, movableClock } from "../support/company-object.ts";

const MINUTE = 60_000;
const START = Date.parse("2026-03-02T09:00:00Z");

let time: ReturnType<typeof movableClock>;
beforeEach(() => {
  time = movableClock(START);
});
afterEach(() => time.restore());

async function smartCompany() {
  const made = await freshCompany();
  await made.settle({ strategy: "smart" });
  const send = async (more: Partial<NormalizedAlert>) => {
    const answer = await made.accept([alertOf(more)], { body_hash: crypto.randomUUID() });
    if (answer.kind !== "received") throw new Error(answer.kind);
    const found = await made.stub.alert(made.actor, answer.alert_ids[0] ?? "");
    if (!found.ok) throw new Error(found.error.detail);
    return found.value;
  };
  const saved = () =>
    runInDurableObject(made.object(), (_, state): SavedModel | null => {
      const rows = state.storage.sql.exec<{ data: string }>("SELECT data FROM smart ORDER BY part").toArray();
      return rows.length === 0 ? null : (JSON.parse(rows.map((r) => r.data).join("")) as SavedModel);
    });
  /** A day in which one check comes and goes: the company is known. */
  const quietDay = async () => {
    for (let n = 0; n < 24; n++) {
      await send({ asset_name: "mail-01", signature: "Login odd" });
      time.forward(MINUTE);
      await send({ asset_name: "mail-01", signature: "Login odd", status: "resolved" });
      time.forward(59 * MINUTE);
    }
  };
  return { ...made, send, saved, quietDay };
}

describe("smart grouping in a company's object", () => {
  it("joins by evidence, says it in words, and writes what it learned a minute later, once", async () => {
    const company = await smartCompany();
    await company.quietDay();
    await company.stub.wake();
    const before = await company.saved();
    const first = await company.send({ asset_name: "ws-01", signature: "Share unavailable" });
    time.forward(20_000);
    const second = await company.send({ asset_name: "ws-02", signature: "Share unavailable" });
    expect(second.incident_id).toBe(first.incident_id);
    expect(second.why.map((w) => w.rule)).toContain("smart.same_signature");
    expect(await company.saved()).toEqual(before);
    time.forward(MINUTE);
    await company.stub.wake();
    const after = await company.saved();
    expect(after?.background.checks.map(([asset]) => asset)).toEqual(
      expect.arrayContaining(["ws-01", "ws-02", "mail-01"]),
    );
  });

  it("goes on after a crash, with what was written", async () => {
    const company = await smartCompany();
    await company.quietDay();
    const first = await company.send({ asset_name: "ws-01", signature: "Share unavailable" });
    time.forward(MINUTE);
    await company.stub.wake();
    await company.crash();
    const second = await company.send({ asset_name: "ws-02", signature: "Share unavailable" });
    expect(second.incident_id).toBe(first.incident_id);
  });

  it("learns anew from the newest alerts where nothing is written", async () => {
    const company = await smartCompany();
    await company.quietDay();
    const first = await company.send({ asset_name: "ws-01", signature: "Share unavailable" });
    await runInDurableObject(company.object(), (_, state) => {
      state.storage.sql.exec("DELETE FROM smart");
    });
    await company.crash();
    time.forward(10_000);
    const second = await company.send({ asset_name: "ws-02", signature: "Share unavailable" });
    expect(second.incident_id).toBe(first.incident_id);
  });

  it("writes nothing for a company that groups by keys", async () => {
    const company = await smartCompany();
    await company.settle({ strategy: "asset" });
    await company.send({ asset_name: "ws-01" });
    time.forward(5 * MINUTE);
    await company.stub.wake();
    expect(await company.saved()).toBeNull();
  });
});
