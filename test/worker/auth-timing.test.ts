import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import worker from "../../worker/index.ts";
import { API } from "../support/addresses.ts";
import { newAddress, signUp } from "../support/visitor.ts";

const TRIES = 7;

/** The database, with every statement that is prepared written down, and each way to it and back. */
function watched() {
  const statements: string[] = [];
  let trips = 0;
  const TRIPS = ["run", "all", "first", "raw"];
  const statement = (real: D1PreparedStatement): D1PreparedStatement =>
    new Proxy(real, {
      get(target, name) {
        if (TRIPS.includes(String(name))) trips += 1;
        const value = Reflect.get(target, name) as unknown;
        if (name === "bind")
          return (...values: unknown[]) => {
            const bound = statement(target.bind(...values));
            originals.set(bound, target.bind(...values));
            return bound;
          };
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
  const originals = new WeakMap<object, D1PreparedStatement>();
  const db = new Proxy(env.DB, {
    get(target, name) {
      if (name === "prepare")
        return (sql: string) => {
          statements.push(sql);
          return statement(target.prepare(sql));
        };
      if (name === "batch")
        return (all: D1PreparedStatement[]) => {
          trips += 1;
          return target.batch(all.map((one) => originals.get(one) ?? one));
        };
      const value = Reflect.get(target, name) as unknown;
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  return { db, seen: () => ({ statements, trips }) };
}

/** One failed sign-in from a network of its own. @returns what it did before it answered, and how long it took */
async function attempt(email: string) {
  const { db, seen } = watched();
  const request = new Request(`${API}/api/auth/login`, {
    method: "POST",
    headers: { "cf-connecting-ip": newAddress() },
    body: JSON.stringify({ email, password: "not the password" }),
  });
  const ctx = createExecutionContext();
  const started = performance.now();
  const answer = await worker.fetch(request, { ...env, DB: db }, ctx);
  const body = await answer.text();
  const ms = performance.now() - started;
  const { statements, trips } = seen();
  const work = { status: answer.status, body, statements: [...statements], trips };
  await waitOnExecutionContext(ctx);
  return { work, ms };
}

const fastest = (values: number[]) => Math.min(...values);

describe("a failed sign-in", () => {
  it("does the same work whether or not there is an account", async () => {
    const { email } = await signUp();
    const unlike = await signUp();
    // An account that has no password yet, and one that was removed.
    await env.DB.prepare("UPDATE users SET password_hash = 'none' WHERE email = ?1").bind(unlike.email).run();
    const removed = await signUp();
    await env.DB.prepare("UPDATE users SET disabled_at = 1 WHERE email = ?1").bind(removed.email).run();
    const times = new Map<string, number[]>();
    const { work: expected } = await attempt("nobody@example.com");
    expect(expected.status).toBe(401);
    expect(expected.trips).toBeGreaterThan(1);
    for (let i = 0; i < TRIES; i++)
      for (const address of [email, "nobody@example.com", unlike.email, removed.email]) {
        const { work, ms } = await attempt(address);
        expect(work).toEqual(expected);
        times.set(address, [...(times.get(address) ?? []), ms]);
      }
    // A derivation is nearly all of it: one too many or too few would be a factor, not a few percent.
    const [first = 0, ...others] = [...times.values()].map(fastest);
    for (const other of others) {
      expect(other / first).toBeGreaterThan(0.6);
      expect(other / first).toBeLessThan(1.6);
    }
  });
});
