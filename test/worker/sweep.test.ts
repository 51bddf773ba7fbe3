import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { Env } from "../../worker/env.ts";
import { newId } from "../../worker/new-id.ts";
import { sweep, wakeAll } from "../../worker/sweep.ts";

const NOW = Date.UTC(2026, 0, 1);

async function company(nextDueAt: number | null): Promise<string> {
  const msp = newId("msp");
  const id = newId("co");
  await env.DB.prepare("INSERT INTO msps (id, name, created_at) VALUES (?1, 'An MSP', 0)").bind(msp).run();
  await env.DB.prepare("INSERT INTO companies VALUES (?1, ?2, 'A company', 'UTC', 0, ?3)")
    .bind(id, msp, nextDueAt)
    .run();
  return id;
}

async function due(id: string): Promise<number | null> {
  const row = await env.DB.prepare("SELECT next_due_at FROM companies WHERE id = ?1")
    .bind(id)
    .first<{ next_due_at: number | null }>();
  return row?.next_due_at ?? null;
}

/** Objects that answer `wake` as told, by company. */
function objects(answer: (id: string) => Promise<number | null>) {
  const woken: string[] = [];
  const COMPANY = {
    idFromName: (id: string) => id,
    get: (id: string) => ({
      wake: () => {
        woken.push(id);
        return answer(id);
      },
    }),
  } as unknown as Env["COMPANY"];
  return { env: { ...env, COMPANY }, woken };
}

describe("the sweep", () => {
  it("wakes who is overdue and nobody else, and keeps what they answer", async () => {
    const late = await company(NOW - 31_000);
    const done = await company(NOW - 3_600_000);
    const soon = await company(NOW - 10_000);
    const idle = await company(null);
    const { env: swept, woken } = objects(async (id) => (id === late ? NOW + 5000 : null));
    expect(await sweep(swept, NOW)).toBe(2);
    expect(woken.sort()).toEqual([late, done].sort());
    expect(await Promise.all([late, done, soon, idle].map(due))).toEqual([
      NOW + 5000,
      null,
      NOW - 10_000,
      null,
    ]);
  });

  it("goes on past those that fail, however many they are", async () => {
    const broken = new Set<string>();
    for (let i = 0; i < 130; i++) broken.add(await company(NOW - 1_000_000));
    const good = await company(NOW - 40_000);
    const { env: swept, woken } = objects(async (id) => {
      if (broken.has(id)) throw new Error("does not start");
      return null;
    });
    await sweep(swept, NOW);
    expect(woken).toContain(good);
    expect(await due(good)).toBeNull();
    // They are asked again at the next sweep.
    woken.length = 0;
    await sweep(swept, NOW + 60_000);
    expect(woken).toEqual(expect.arrayContaining([...broken]));
  });

  it("does not undo what a company wrote while it was being woken", async () => {
    const id = await company(NOW - 60_000);
    const { env: swept } = objects(async () => {
      await env.DB.prepare("UPDATE companies SET next_due_at = ?2 WHERE id = ?1")
        .bind(id, NOW + 1)
        .run();
      return NOW + 999_999;
    });
    await sweep(swept, NOW);
    expect(await due(id)).toBe(NOW + 1);
  });

  it("wakes every company when the runtime has just come up, also those it was told nothing of", async () => {
    const unknown = await company(null);
    const later = await company(NOW + 600_000);
    const broken = await company(NOW);
    const many = await Promise.all(Array.from({ length: 120 }, () => company(null)));
    const { env: swept, woken } = objects(async (id) => {
      if (id === broken) throw new Error("does not start");
      return id === unknown ? NOW + 3000 : null;
    });
    expect(await wakeAll(swept, NOW)).toBe(woken.length);
    expect(woken).toEqual(expect.arrayContaining([unknown, later, broken, ...many]));
    expect(new Set(woken).size).toBe(woken.length);
    expect(await Promise.all([unknown, later].map(due))).toEqual([NOW + 3000, null]);
  });
});
