import { SELF } from "cloudflare:test";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Frame } from "../../core/events.ts";
import { API } from "../support/addresses.ts";
import type { Colleague } from "../support/colleague.ts";
import { as } from "./as.ts";
import { sendWhereTotpIsRequired } from "./call.ts";
import { type Caller, everyCaller } from "./callers.ts";
import { settle } from "./digest.ts";
import { newWorld, type World } from "./world.ts";

/** Every socket of the service: who may listen, and who of them does so in the tests. */
const SOCKETS = [
  {
    name: "/api/live",
    path: () => "/api/live",
    roles: ["msp_admin", "technician", "company_admin"],
    listener: "technician",
    ofCompany: false,
  },
  {
    name: "/api/portal/live",
    path: () => `/api/portal/live?company_id=${world.a}`,
    roles: ["company_admin", "client"],
    listener: "client",
    ofCompany: true,
  },
] as const;

let world: World;
let callers: Caller[];
beforeAll(async () => {
  world = await newWorld();
  callers = await everyCaller(world);
}, 60_000);

const open: WebSocket[] = [];
afterEach(() => {
  for (const socket of open.splice(0)) socket.close();
});

async function listen(path: string, headers: Record<string, string>) {
  const answer = await SELF.fetch(`${API}${path}`, {
    headers: { upgrade: "websocket", origin: API, ...headers },
  });
  const frames: string[] = [];
  const closed: number[] = [];
  const socket = answer.webSocket;
  if (socket) {
    socket.addEventListener("message", ({ data }) => {
      frames.push(String(data));
    });
    socket.addEventListener("close", ({ code }) => {
      closed.push(code);
    });
    socket.accept();
    open.push(socket);
  }
  return { status: answer.status, body: socket ? "" : await answer.text(), frames, closed, socket };
}

const admin = () => ({ cookie: world.owner.cookie });

describe.each(SOCKETS)("$name", ({ path, roles, listener, ofCompany }) => {
  const rightful = async () => ({ cookie: (await world.person(listener)).cookie });

  it("opens for nobody without a session, from another site, or without the right", async () => {
    for (const caller of callers) {
      if (caller.enrolling) {
        const headers = { upgrade: "websocket", origin: API, ...caller.credentials };
        const answer = await sendWhereTotpIsRequired(new Request(`${API}${path()}`, { headers }));
        expect(await answer.json()).toMatchObject({ error: "totp_enrolment_required" });
        continue;
      }
      const { status, body, frames } = await listen(path(), caller.credentials);
      const allowed =
        caller.role !== null && (roles as readonly string[]).includes(caller.role) && !caller.token;
      const elsewhere = ofCompany && !caller.sees;
      const wanted = caller.role === null ? 401 : !allowed ? 403 : elsewhere ? 404 : 101;
      expect([caller.name, status], body).toEqual([caller.name, wanted]);
      if (status !== 101) expect(frames).toEqual([]);
    }
    for (const site of ["https://evil.example", "null", "http://127.0.0.1.evil.example"])
      expect((await listen(path(), { ...(await rightful()), origin: site })).status, site).toBe(403);
    const crossSite = { ...(await rightful()), "sec-fetch-site": "cross-site" };
    expect((await listen(path(), crossSite)).status).toBe(403);
    const plain = await SELF.fetch(`${API}${path()}`, { headers: await rightful() });
    expect(plain.status).toBe(400);
  });

  it("answers ping, and no other message: junk, huge, binary or forged frames", async () => {
    const { cookie } = await world.person(listener);
    const { frames, closed, socket } = await listen(path(), { cookie });
    await expect.poll(() => frames.length).toBe(1);
    const junk = [
      "",
      "{",
      "PING",
      "null",
      JSON.stringify({ type: "subscribe", company_id: world.b }),
      JSON.stringify({ seq: 1, type: "hello", company_id: null, data: {} }),
      "x".repeat(900_000),
    ];
    for (const message of junk) socket?.send(message);
    socket?.send(new Uint8Array(100_000));
    socket?.send(new TextEncoder().encode("ping"));
    socket?.send("ping");
    await expect.poll(() => frames.length).toBe(2);
    expect([frames[1], closed]).toEqual(["pong", []]);
  });

  it("ends when the person signs out, is ended, loses the company or is removed", async () => {
    const change = (who: Colleague, json: unknown) =>
      world.owner.api(`/api/people/${who.id}`, { method: "PATCH", json });
    const ends: [string, number, (who: Colleague) => Promise<Response>][] = [
      ["signing out", 4001, (who) => as(who, "POST", "/api/auth/logout", {})],
      ["another company", 4002, (who) => change(who, { company_ids: [world.b] })],
      ["removal", 4001, (who) => change(who, { disabled: true })],
    ];
    for (const [what, code, end] of ends) {
      const who = await world.person(listener);
      const { frames, closed } = await listen(path(), { cookie: who.cookie });
      await expect.poll(() => frames.length, what).toBe(1);
      expect((await end(who)).ok, what).toBe(true);
      await expect.poll(() => closed, what).toEqual([code]);
    }
  });

  it("believes no header in which a caller says who they are", async () => {
    const forged = JSON.stringify({
      actor: { user_id: "us_1", name: "Eve", msp_id: world.msp_id, role: listener, companies: [world.a] },
      session_id: "se_1",
      expires_at: Date.now() + 60_000,
      idle_until: null,
    });
    expect((await listen(path(), { "x-aw-listener": forged })).status).toBe(401);
    const stranger = await listen(path(), { cookie: world.stranger.cookie, "x-aw-listener": forged });
    for (const mark of world.marks) expect(stranger.frames.join()).not.toContain(mark);
    expect(stranger.status).toBe(ofCompany ? 403 : 101);
  });
});

describe("the console's stream", () => {
  it("never carries a frame of another MSP's or another company's, live or replayed", async () => {
    const others = callers.filter(
      (caller) => caller.role && !caller.sees && caller.role !== "client" && !caller.token,
    );
    const live = await Promise.all(others.map((caller) => listen("/api/live", caller.credentials)));
    const owner = await listen("/api/live", admin());
    await world.newIncident();
    await settle(world);
    await expect.poll(() => owner.frames.some((text) => text.includes("incident_created"))).toBe(true);
    const replayed = await Promise.all(
      others.map((caller) => listen("/api/live?since=0", caller.credentials)),
    );
    await expect.poll(() => replayed.every(({ frames }) => frames.length > 0)).toBe(true);
    for (const { frames } of [...live, ...replayed])
      for (const text of frames) {
        const frame = JSON.parse(text) as Frame;
        expect(["hello", "resync"]).toContain(frame.type);
        for (const mark of world.marks) expect(text).not.toContain(mark);
      }
  });
});
