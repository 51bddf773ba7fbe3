import { evictDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it } from "vitest";
import type { Actor } from "../../core/actor.ts";
import type { CompanyEvent, Frame } from "../../core/events.ts";
import { LISTENER_HEADER } from "../../durable-objects/listener.ts";
import type { HubRpc } from "../../durable-objects/rpc.ts";
import { newId } from "../../worker/new-id.ts";

const sockets: WebSocket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.close();
});

function freshHub() {
  const msp_id = newId("msp");
  const object = env.MSP_HUB.get(env.MSP_HUB.idFromName(msp_id));
  const hub = object as unknown as HubRpc;
  const admin: Actor = { user_id: "us_1", name: "Ada", msp_id, role: "msp_admin", companies: "all" };
  const listen = async (
    query = "",
    actor: Actor = admin,
    session = { session_id: "se_1", expires_at: Date.now() + 60_000 },
  ) => {
    const headers = { upgrade: "websocket", [LISTENER_HEADER]: JSON.stringify({ actor, ...session }) };
    const { status, webSocket } = await object.fetch(`http://hub/api/live${query}`, { headers });
    const frames: Frame[] = [];
    const closed: number[] = [];
    if (webSocket) {
      webSocket.addEventListener("message", ({ data }) => {
        frames.push(data === "pong" ? (data as unknown as Frame) : (JSON.parse(String(data)) as Frame));
      });
      webSocket.addEventListener("close", ({ code }) => {
        closed.push(code);
      });
      webSocket.accept();
      sockets.push(webSocket);
    }
    return { status, frames, closed, socket: webSocket };
  };
  return { msp_id, object, hub, admin, listen };
}

const event = (n: number): CompanyEvent => ({
  type: "alert_received",
  data: { alerts: [{ id: `al_${n}`, company_id: "co_a" }] as never, more: 0 },
});
const seqs = (frames: Frame[]) => frames.map((f) => f.seq);

describe("the MSP's hub", () => {
  it("says hello, then numbers what it sends", async () => {
    const { msp_id, hub, listen } = freshHub();
    const { frames } = await listen();
    await expect.poll(() => frames.length).toBe(1);
    await hub.publish(msp_id, "co_a", [event(1), event(2)]);
    await hub.publish(msp_id, "co_b", [event(3)]);
    await expect.poll(() => seqs(frames)).toEqual([0, 1, 2, 3]);
    expect(frames.map((f) => f.type)).toEqual([
      "hello",
      "alert_received",
      "alert_received",
      "alert_received",
    ]);
    expect(frames[3]?.company_id).toBe("co_b");
  });

  it("answers ping", async () => {
    const { listen } = freshHub();
    const { frames, socket } = await listen();
    socket?.send("ping");
    await expect.poll(() => frames[1]).toBe("pong");
  });

  it("replays what was missed, also after it was evicted", async () => {
    const { msp_id, object, hub, listen } = freshHub();
    await hub.publish(msp_id, "co_a", [event(1), event(2)]);
    await hub.publish(msp_id, "co_a", [event(3), event(4)]);
    await evictDurableObject(object);
    const { frames } = await listen("?since=1");
    await expect.poll(() => seqs(frames)).toEqual([4, 2, 3, 4]);
    const hello = frames[0];
    if (hello?.type !== "hello") throw new Error("no hello");
    const { frames: same } = await listen(`?since=4&epoch=${hello.data.epoch}`);
    await hub.publish(msp_id, "co_a", [event(5)]);
    await expect.poll(() => same.map((f) => f.type)).toEqual(["hello", "alert_received"]);
  });

  it("says resync for another epoch, a future number, or what is no longer kept", async () => {
    const { msp_id, hub, listen } = freshHub();
    for (let i = 0; i < 1150; i++) await hub.publish(msp_id, "co_a", [event(i)]);
    for (const query of ["?since=1150&epoch=other", "?since=9999", "?since=3", "?since=x"]) {
      const { frames } = await listen(query);
      await expect.poll(() => frames.map((f) => f.type), { message: query }).toEqual(["hello", "resync"]);
    }
    const { frames } = await listen("?since=1148");
    await expect.poll(() => seqs(frames)).toEqual([1150, 1149, 1150]);
  });

  it("shows each listener its own companies alone, live and in the replay", async () => {
    const { msp_id, hub, admin, listen } = freshHub();
    const technician: Actor = { ...admin, user_id: "us_2", role: "technician", companies: ["co_b"] };
    const { frames } = await listen("", technician);
    await hub.publish(msp_id, "co_a", [event(1)]);
    await hub.publish(msp_id, "co_b", [event(2)]);
    await expect.poll(() => seqs(frames)).toEqual([0, 2]);
    const { frames: replayed } = await listen("?since=0", technician);
    await expect.poll(() => seqs(replayed)).toEqual([2, 2]);
    const recent = await hub.recentAlerts(technician, 500);
    expect(recent).toMatchObject({ ok: true, value: [] });
  });

  it("knows nothing for another MSP's people", async () => {
    const { msp_id, hub, admin, listen } = freshHub();
    await hub.publish(msp_id, "co_a", [event(1)]);
    const stranger = { ...admin, msp_id: newId("msp") };
    expect((await listen("", stranger)).status).toBe(404);
    expect(await hub.recentAlerts(stranger, 500)).toMatchObject({ ok: false, error: { code: "not_found" } });
  });

  it("closes the sockets of a session that ended", async () => {
    const { msp_id, hub, admin, listen } = freshHub();
    const { closed } = await listen("", admin, { session_id: "se_2", expires_at: Date.now() + 60_000 });
    const { closed: other } = await listen();
    await hub.closeSession("se_2");
    await expect.poll(() => closed).toEqual([4001]);
    expect(other).toEqual([]);
    const { closed: old } = await listen("", admin, { session_id: "se_3", expires_at: Date.now() - 1 });
    await hub.publish(msp_id, "co_a", [event(1)]);
    await expect.poll(() => old).toEqual([4001]);
  });

  it("closes the sockets of a person whose rights changed, and no others", async () => {
    const { hub, admin, listen } = freshHub();
    const { closed } = await listen("", {
      ...admin,
      user_id: "us_2",
      role: "technician",
      companies: ["co_a"],
    });
    const { closed: other } = await listen();
    await hub.closeUser("us_2");
    await expect.poll(() => closed).toEqual([4002]);
    expect(other).toEqual([]);
  });

  it("forgets a company that is deleted; whoever missed some of it is told to read anew", async () => {
    const { msp_id, object, hub, admin, listen } = freshHub();
    await hub.publish(msp_id, "co_a", [event(1), event(2)]);
    await hub.publish(msp_id, "co_b", [{ type: "alert_received", data: { alerts: [], more: 1 } }]);
    expect(await hub.recentAlerts(admin, 10)).toMatchObject({ value: [{ id: "al_2" }, { id: "al_1" }] });
    const { frames: live } = await listen();
    await hub.forgetCompany(msp_id, "co_a");
    expect(await hub.recentAlerts(admin, 10)).toMatchObject({ value: [] });
    await hub.tell(msp_id, "co_a", [event(4)]);
    await expect.poll(() => seqs(live)).toEqual([3, 4]);
    // Numbers go on, also when the newest rows are empty and memory is gone.
    await evictDurableObject(object);
    await hub.publish(msp_id, "co_b", [event(5)]);
    const since = async (seq: number) => {
      const { frames } = await listen(`?since=${seq}`);
      await expect.poll(() => frames.length).toBeGreaterThan(1);
      return frames.slice(1).map((frame) => [frame.seq, frame.type]);
    };
    expect(await since(4)).toEqual([[5, "alert_received"]]);
    for (const seq of [0, 1, 2, 3]) expect(await since(seq)).toEqual([[5, "resync"]]);
  });

  it("tells how an export goes to those alone who may have it", async () => {
    const { msp_id, hub, admin, listen } = freshHub();
    const { frames: managers } = await listen();
    const { frames: technicians } = await listen("", { ...admin, role: "technician", companies: ["co_a"] });
    await hub.publish(msp_id, "co_a", [{ type: "job_progress", data: {} as never }, event(2)]);
    await expect.poll(() => seqs(managers)).toEqual([0, 1, 2]);
    await expect.poll(() => seqs(technicians)).toEqual([0, 2]);
    const { frames: later } = await listen("?since=0", { ...admin, role: "technician", companies: ["co_a"] });
    await expect.poll(() => seqs(later)).toEqual([2, 2]);
  });

  it("has nothing for a client, in or outside its company", async () => {
    const { msp_id, hub, admin, listen } = freshHub();
    await hub.publish(msp_id, "co_a", [event(1)]);
    const client: Actor = { ...admin, role: "client", companies: ["co_a"] };
    expect((await listen("?since=0", client)).status).toBe(403);
    expect(await hub.recentAlerts(client, 500)).toMatchObject({ ok: false, error: { code: "forbidden" } });
  });

  it("keeps the newest 500 alerts, each once, newest first", async () => {
    const { msp_id, object, hub, admin } = freshHub();
    for (let i = 0; i < 520; i++) await hub.publish(msp_id, "co_a", [event(i)]);
    await hub.publish(msp_id, "co_a", [event(515)]);
    const ids = async () => {
      const recent = await hub.recentAlerts(admin, 500);
      return recent.ok ? recent.value.map((a) => a.id) : [];
    };
    const before = await ids();
    expect(before).toHaveLength(500);
    expect(before.slice(0, 3)).toEqual(["al_515", "al_519", "al_518"]);
    await evictDurableObject(object);
    expect(await ids()).toEqual(before);
  });
});
