import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { codeAt } from "../support/authenticator-app.ts";
import { newAddress, newVisitor, notedActions, signUp, type Visitor } from "../support/visitor.ts";
import { moveClock } from "../support/wall-clock.ts";

const MINUTE = 60_000;

let clock: ReturnType<typeof moveClock>;
beforeEach(() => {
  clock = moveClock();
});
afterEach(() => clock.restore());

const tryOnce = (visitor: Visitor, email: string, password = "not the password") =>
  visitor.call("POST", "/api/auth/login", { email, password });

/** Fails until an answer is no 401, and says how often that took and what it was. */
async function failUntilLocked(visitor: Visitor, email: string) {
  for (let failures = 0; failures < 20; failures++) {
    const answer = await tryOnce(visitor, email);
    if (answer.status !== 401)
      return { failures, status: answer.status, wait: Number(answer.headers.get("retry-after")), answer };
  }
  throw new Error("never locked");
}

describe("failed sign-ins", () => {
  it("lock after five, for twice as long each time, up to an hour", async () => {
    const { email, password } = await signUp();
    const visitor = newVisitor();
    const first = await failUntilLocked(visitor, email);
    expect([first.failures, first.status, first.wait]).toEqual([5, 429, 60]);
    expect(await first.answer.json()).toMatchObject({ error: "too_many_failures" });
    // The right password is no way out while it lasts.
    expect((await tryOnce(visitor, email, password)).status).toBe(429);
    for (const minutes of [2, 4, 8, 16, 32, 60, 60]) {
      clock.forward(61 * MINUTE);
      const next = await failUntilLocked(visitor, email);
      expect([next.failures, next.wait]).toEqual([1, minutes * 60]);
    }
    clock.forward(59 * MINUTE);
    expect((await tryOnce(visitor, email, password)).status).toBe(429);
    clock.forward(MINUTE);
    expect((await tryOnce(visitor, email, password)).status).toBe(200);
  });

  it("count anew after a success, and after a day", async () => {
    const { email, password } = await signUp();
    const visitor = newVisitor();
    for (let i = 0; i < 4; i++) await tryOnce(visitor, email);
    expect((await tryOnce(visitor, email, password)).status).toBe(200);
    visitor.cookies.clear();
    expect((await failUntilLocked(visitor, email)).failures).toBe(5);
    clock.forward(24 * 60 * MINUTE + 1);
    expect((await failUntilLocked(visitor, email)).failures).toBe(5);
  });

  it("answer alike for an address that nobody has", async () => {
    const { email } = await signUp();
    const known = await failUntilLocked(newVisitor(), email);
    const unknown = await failUntilLocked(newVisitor(), `${crypto.randomUUID()}@example.com`);
    expect([unknown.failures, unknown.wait]).toEqual([known.failures, known.wait]);
    expect(await unknown.answer.text()).toBe(await known.answer.text());
    expect([...unknown.answer.headers.keys()]).toEqual([...known.answer.headers.keys()]);
  });

  it("lock one network, and never a device that was signed in from before", async () => {
    const { email, password, visitor: onCall } = await signUp();
    const stranger = newVisitor();
    onCall.address = stranger.address;
    await failUntilLocked(stranger, email);
    expect((await tryOnce(newVisitor(), email, password)).status, "elsewhere").toBe(200);
    expect((await tryOnce(onCall, email, password)).status, "known device").toBe(200);
    expect((await tryOnce(stranger, email, password)).status, "the stranger").toBe(429);
    // The device is known for its own person only, and a forged one for nobody.
    const colleague = await signUp();
    const theirs = newVisitor();
    theirs.address = stranger.address;
    theirs.cookies.set("aw_device", colleague.visitor.cookies.get("aw_device") ?? "");
    expect((await tryOnce(theirs, email, password)).status).toBe(429);
    theirs.cookies.set("aw_device", `${onCall.cookies.get("aw_device")}x`);
    expect((await tryOnce(theirs, email, password)).status).toBe(429);
    // It has a count of its own: whoever has found the device cannot guess for ever.
    expect((await failUntilLocked(onCall, email)).failures).toBe(5);
  });

  it("of many tries at once let no more than five through", async () => {
    const { email } = await signUp();
    const visitor = newVisitor();
    const many = await Promise.all(Array.from({ length: 12 }, () => tryOnce(visitor, email)));
    expect(many.filter((answer) => answer.status === 401)).toHaveLength(5);
  });

  it("of a v6 network count together", async () => {
    const { email, password } = await signUp();
    const visitor = newVisitor();
    for (let i = 0; i < 5; i++) {
      visitor.address = `2001:db8:7::${i + 1}`;
      await tryOnce(visitor, email);
    }
    visitor.address = "2001:db8:7::ffff";
    expect((await tryOnce(visitor, email, password)).status).toBe(429);
    visitor.address = "2001:db8:8::1";
    expect((await tryOnce(visitor, email, password)).status).toBe(200);
  });

  it("are noted once a lock, and keep no address", async () => {
    const { email } = await signUp();
    const visitor = newVisitor();
    await failUntilLocked(visitor, email);
    await tryOnce(visitor, email);
    const refused = async () => (await notedActions(email)).filter((action) => action === "session.refused");
    expect(await refused()).toHaveLength(1);
    clock.forward(2 * MINUTE);
    await failUntilLocked(visitor, email);
    expect(await refused()).toHaveLength(2);
    const { results } = await env.DB.prepare("SELECT * FROM login_failures").all();
    expect(results.length).toBeGreaterThan(0);
    expect(JSON.stringify(results)).not.toContain("@");
    expect(JSON.stringify(results)).not.toContain(visitor.address);
  });
});

describe("failed codes", () => {
  it("lock, from wherever they come: whoever tries them has the password", async () => {
    const { email, password, visitor } = await signUp();
    const { secret } = await (await visitor.call("POST", "/api/me/totp", {})).json<{ secret: string }>();
    await visitor.call("POST", "/api/me/totp/confirm", { code: codeAt(secret) });
    clock.forward(MINUTE);
    const login = (totp: string, from: Visitor) =>
      from.call("POST", "/api/auth/login", { email, password, totp });
    const thief = newVisitor();
    for (let i = 0; i < 5; i++) {
      thief.address = newAddress();
      expect((await login("000000", thief)).status).toBe(401);
    }
    thief.address = newAddress();
    expect((await login(codeAt(secret), thief)).status).toBe(429);
    // Asking for the code is no failure, however often.
    for (let i = 0; i < 7; i++) {
      const asked = await thief.call("POST", "/api/auth/login", { email, password });
      expect(await asked.json()).toMatchObject({ error: "totp_required" });
    }
    expect((await login(codeAt(secret), visitor)).status, "known device").toBe(200);
    clock.forward(2 * MINUTE);
    expect((await login(codeAt(secret), thief)).status).toBe(200);
  });

  it("lock in a session, too", async () => {
    const { visitor, password } = await signUp();
    const guess = (current: string) =>
      visitor.call("POST", "/api/me/password", { current, password: "quite another 42" });
    for (let i = 0; i < 5; i++) expect((await guess("wrong")).status).toBe(422);
    expect((await guess(password)).status).toBe(429);
    clock.forward(2 * MINUTE);
    expect((await guess(password)).status).toBe(204);
  });
});
