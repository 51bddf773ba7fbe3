import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it } from "vitest";
import { revokeUserSessions } from "../../worker/auth/revoke.ts";
import { type Account, newVisitor, notedActions, signUp } from "../support/visitor.ts";
import { moveClock } from "../support/wall-clock.ts";

const MINUTE = 60_000;
interface Item {
  id: string;
  current: boolean;
  ip: string;
  user_agent: string | null;
  last_seen_at: string;
}

let clock: ReturnType<typeof moveClock> | null = null;
afterEach(() => {
  clock?.restore();
  clock = null;
});

async function elsewhere({ email, password }: Account, userAgent = "Firefox") {
  const visitor = newVisitor();
  await visitor.call("POST", "/api/auth/login", { email, password }, { "user-agent": userAgent });
  return visitor;
}

const sessionsOf = async ({ visitor }: Account) =>
  (await (await visitor.call("GET", "/api/me/sessions")).json<{ items: Item[] }>()).items;

/** Opens the live stream; `closed` is the code it is closed with. */
async function listen(visitor: Account["visitor"]): Promise<{ closed: Promise<number> }> {
  const answer = await visitor.call("GET", "/api/live", undefined, { upgrade: "websocket" });
  const socket = answer.webSocket!;
  const closed = new Promise<number>((resolve) =>
    socket.addEventListener("close", (event) => resolve(event.code)),
  );
  socket.accept();
  return { closed };
}

describe("one's sessions", () => {
  it("say since when, from where and which is this one", async () => {
    const account = await signUp();
    const other = await elsewhere(account, "Firefox on a train");
    const items = await sessionsOf(account);
    expect(items).toHaveLength(2);
    expect(items.find((item) => !item.current)).toMatchObject({
      ip: other.address,
      user_agent: "Firefox on a train",
    });
    expect(items.filter((item) => item.current)).toHaveLength(1);
    expect(await sessionsOf(await signUp()), "somebody else's").toHaveLength(1);
  });

  it("end one by one, with their sockets", async () => {
    const account = await signUp();
    const other = await elsewhere(account);
    const { closed } = await listen(other);
    const id = (await sessionsOf(account)).find((item) => !item.current)?.id;
    const stranger = await signUp();
    expect((await stranger.visitor.call("DELETE", `/api/me/sessions/${id}`)).status).toBe(404);
    expect((await account.visitor.call("DELETE", `/api/me/sessions/${id}`)).status).toBe(204);
    expect(await closed).toBe(4001);
    expect((await other.call("GET", "/api/me")).status).toBe(401);
    expect((await account.visitor.call("DELETE", `/api/me/sessions/${id}`)).status).toBe(404);
    expect(await notedActions(account.email)).toContain("session.revoked");
    const own = (await sessionsOf(account))[0]?.id;
    expect((await account.visitor.call("DELETE", `/api/me/sessions/${own}`)).status).toBe(204);
    expect(account.visitor.cookies.has("aw_session")).toBe(false);
  });

  it("end everywhere else at once", async () => {
    const account = await signUp();
    const others = [await elsewhere(account), await elsewhere(account)];
    const answer = await account.visitor.call("DELETE", "/api/me/sessions");
    expect(await answer.json()).toEqual({ ended: 2 });
    for (const other of others) expect((await other.call("GET", "/api/me")).status).toBe(401);
    expect(await sessionsOf(account)).toHaveLength(1);
  });

  it("end with a change of the password, save the one that made it", async () => {
    const account = await signUp();
    const other = await elsewhere(account);
    const change = (json: object) => account.visitor.call("POST", "/api/me/password", json);
    const weak = await change({ current: account.password, password: "password1" });
    expect(await weak.json()).toMatchObject({ fields: { password: expect.any(String) } });
    const wrong = await change({ current: "not mine at all", password: "quite another 42" });
    expect(await wrong.json()).toMatchObject({ fields: { current: expect.any(String) } });
    expect((await change({ current: account.password, password: "quite another 42" })).status).toBe(204);
    expect((await other.call("GET", "/api/me")).status).toBe(401);
    expect((await account.visitor.call("GET", "/api/me")).status).toBe(200);
    const login = (password: string) =>
      newVisitor().call("POST", "/api/auth/login", { email: account.email, password });
    expect((await login(account.password)).status).toBe(401);
    expect((await login("quite another 42")).status).toBe(200);
    expect(await notedActions(account.email)).toContain("user.password_changed");
  });

  it("end, all or save one, where somebody else ends them", async () => {
    const account = await signUp();
    const other = await elsewhere(account);
    const me = await (await account.visitor.call("GET", "/api/me")).json<{
      user: { id: string };
      msp: { id: string };
      session: { id: string };
    }>();
    const who = { user_id: me.user.id, msp_id: me.msp.id };
    expect(await revokeUserSessions(env, { ...who, msp_id: "msp_of_another" })).toBe(0);
    expect(await revokeUserSessions(env, { ...who, except: me.session.id })).toBe(1);
    expect((await other.call("GET", "/api/me")).status).toBe(401);
    expect(await revokeUserSessions(env, who)).toBe(1);
    expect((await account.visitor.call("GET", "/api/me")).status).toBe(401);
  });

  it("are worth nothing to somebody who was removed", async () => {
    const { email, password, visitor } = await signUp();
    await env.DB.prepare("UPDATE users SET disabled_at = 1 WHERE email = ?1").bind(email).run();
    expect((await visitor.call("GET", "/api/me")).status).toBe(401);
    const answer = await visitor.call("POST", "/api/auth/login", { email, password });
    expect(await answer.json()).toMatchObject({ error: "invalid_credentials" });
  });
});

describe("an idle session", () => {
  const setIdle = (email: string, minutes: number | null) =>
    env.DB.prepare(
      "UPDATE msps SET idle_timeout_minutes = ?2 WHERE id = (SELECT msp_id FROM users WHERE email = ?1)",
    )
      .bind(email, minutes)
      .run();

  it("ends after the MSP's minutes without a request", async () => {
    clock = moveClock();
    const account = await signUp();
    await setIdle(account.email, 5);
    for (let i = 0; i < 4; i++) {
      clock.forward(4 * MINUTE);
      expect((await account.visitor.call("GET", "/api/me")).status).toBe(200);
    }
    clock.forward(6 * MINUTE);
    expect((await account.visitor.call("GET", "/api/me")).status).toBe(401);
    const again = await elsewhere(account);
    const { items } = await (await again.call("GET", "/api/me/sessions")).json<{ items: Item[] }>();
    expect(items, "the idle one is gone").toHaveLength(1);
    await setIdle(account.email, null);
    clock.forward(10 * 60 * MINUTE);
    expect((await again.call("GET", "/api/me")).status).toBe(200);
  });

  it("is not kept alive by its browser coming back to the stream", async () => {
    clock = moveClock();
    const account = await signUp();
    await setIdle(account.email, 5);
    const { visitor } = account;
    const stream = () => visitor.call("GET", "/api/live", undefined, { upgrade: "websocket" });
    for (let i = 0; i < 2; i++) {
      clock.forward(2 * MINUTE);
      const answer = await stream();
      expect(answer.status).toBe(101);
      answer.webSocket?.accept();
      answer.webSocket?.close();
    }
    clock.forward(2 * MINUTE);
    expect((await stream()).status).toBe(401);
  });

  it("costs one write a minute, not one a request", async () => {
    clock = moveClock();
    const account = await signUp();
    const seen = async () => (await sessionsOf(account))[0]?.last_seen_at;
    const first = await seen();
    clock.forward(MINUTE - 1);
    expect(await seen()).toBe(first);
    clock.forward(1);
    await seen();
    expect(Date.parse((await seen()) ?? "")).toBe(Date.now());
  });
});

describe("confirming anew", () => {
  it("counts for ten minutes, by the password where there is no app", async () => {
    clock = moveClock();
    const { visitor, password, email } = await signUp();
    const wrong = await visitor.call("POST", "/api/me/step-up", { password: "not mine" });
    expect(wrong.status).toBe(422);
    expect((await visitor.call("POST", "/api/me/step-up", {})).status).toBe(422);
    const right = await visitor.call("POST", "/api/me/step-up", { password });
    const { until } = await right.json<{ until: string }>();
    expect(Date.parse(until)).toBe(Date.now() + 10 * MINUTE);
    expect(await notedActions(email)).toContain("session.stepped_up");
  });
});
