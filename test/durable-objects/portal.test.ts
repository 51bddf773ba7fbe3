import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { afterEach, describe, expect, it } from "vitest";
import type { Actor } from "../../core/actor.ts";
import type { PortalFrame } from "../../core/portal.ts";
import { clock } from "../../durable-objects/clock.ts";
import { LISTENER_HEADER } from "../../durable-objects/listener.ts";
import { alertOf, freshCompany, movableClock } from "../support/company-object.ts";

type Company = Awaited<ReturnType<typeof freshCompany>>;

const INTERNAL = "planted-internal-note";
const sockets: WebSocket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.close();
});

const clientOf = ({ msp_id, company_id }: Company, change: Partial<Actor> = {}): Actor => ({
  user_id: "us_client",
  name: "Olga",
  msp_id,
  role: "client",
  companies: [company_id],
  ...change,
});

/** A socket as the Worker opens it for somebody it has authenticated. */
async function listen(company: Company, query = "", actor = clientOf(company), session: object = {}) {
  const listener = { actor, session_id: "se_1", expires_at: clock.now() + 60_000, ...session };
  const headers = { upgrade: "websocket", [LISTENER_HEADER]: JSON.stringify(listener) };
  const answer = await company.object().fetch(`http://company/api/portal/live${query}`, { headers });
  const texts: string[] = [];
  const closed: number[] = [];
  const socket = answer.webSocket;
  if (socket) {
    socket.addEventListener("message", ({ data }) => {
      texts.push(String(data));
    });
    socket.addEventListener("close", ({ code }) => {
      closed.push(code);
    });
    socket.accept();
    sockets.push(socket);
  }
  const frames = () => texts.filter((t) => t !== "pong").map((t) => JSON.parse(t) as PortalFrame);
  return { status: answer.status, texts, frames, types: () => frames().map((f) => f.type), closed, socket };
}

const greetingOf = (frames: PortalFrame[]) => {
  const [hello] = frames;
  if (hello?.type !== "hello") throw new Error("no hello");
  return hello.data;
};

/** What an object keeps on disk. */
const rowsOf = (company: Company, table: string) =>
  runInDurableObject(company.object(), (_, state) => [...state.storage.sql.exec(`SELECT * FROM ${table}`)]);

describe("a company's own stream", () => {
  it("greets, then tells of incidents in allowed fields and of nothing else", async () => {
    const company = await freshCompany();
    const { frames, types, texts } = await listen(company);
    await expect.poll(types).toEqual(["hello"]);
    await company.accept([alertOf({ asset_name: "web-1" })]);
    await expect.poll(types).toContain("incident_created");
    const id = (await company.incident(1)).id;
    await company.stub.command(company.actor, id, { type: "note", text: INTERNAL, public: false });
    await company.stub.command(company.actor, id, { type: "resolve", notes: INTERNAL });
    await expect.poll(() => texts.some((text) => text.includes('"resolved"'))).toBe(true);
    expect(frames().map(({ seq }) => seq)).toEqual(frames().map((_, n) => n));
    for (const text of texts) {
      expect(text).not.toContain(INTERNAL);
      expect(text).not.toContain("Ada");
      expect(text).not.toContain("alert_received");
      expect(text).not.toContain("why");
    }
  });

  it("answers ping without waking anybody", async () => {
    const company = await freshCompany();
    const { texts, socket } = await listen(company);
    socket?.send("ping");
    await expect.poll(() => texts).toContain("pong");
  });

  it("replays what was missed for a moment, and says resync for another life, a gap or a future", async () => {
    const company = await freshCompany();
    const stays = await listen(company);
    await expect.poll(() => stays.frames().length).toBe(1);
    const { epoch, seq } = greetingOf(stays.frames());
    await company.accept([alertOf({ asset_name: "web-1" })]);
    await expect.poll(stays.types).toContain("incident_created");
    const back = await listen(company, `?since=${seq}&epoch=${epoch}`);
    await expect.poll(back.types).toContain("incident_created");
    expect(back.types()).not.toContain("resync");
    for (const query of [`?since=0&epoch=other`, `?since=999&epoch=${epoch}`, `?since=x&epoch=${epoch}`]) {
      const { types } = await listen(company, query);
      await expect.poll(types, { message: query }).toEqual(["hello", "resync"]);
    }
  });

  it("keeps nothing where nobody listens: whoever comes back reads anew", async () => {
    const company = await freshCompany();
    const gone = await listen(company);
    await expect.poll(() => gone.frames().length).toBe(1);
    const { epoch, seq } = greetingOf(gone.frames());
    gone.socket?.close();
    await expect
      .poll(() => runInDurableObject(company.object(), (_, state) => state.getWebSockets().length))
      .toBe(0);
    await company.accept([alertOf({ asset_name: "web-1" })]);
    // Nobody is there to see that the frame went by: the list of what is open says so.
    await expect.poll(() => rowsOf(company, "outbox")).toEqual([]);
    const back = await listen(company, `?since=${seq}&epoch=${epoch}`);
    await expect.poll(back.types).toEqual(["hello", "resync"]);
  });

  it("lives in memory alone: a new life is a new epoch, told to the sockets that outlived it", async () => {
    const company = await freshCompany();
    const before = await rowsOf(company, "sqlite_master");
    const stays = await listen(company);
    await expect.poll(() => stays.frames().length).toBe(1);
    const { epoch } = greetingOf(stays.frames());
    expect(await rowsOf(company, "sqlite_master")).toEqual(before);
    await evictDurableObject(company.object());
    await company.accept([alertOf({ asset_name: "web-1" })]);
    await expect.poll(stays.types).toContain("incident_created");
    const greetings = stays.frames().filter((frame) => frame.type === "hello");
    expect(greetings).toHaveLength(2);
    expect(greetings[1]?.data).not.toMatchObject({ epoch });
  });

  it("opens for clients of this company alone, whatever the Worker let through", async () => {
    const company = await freshCompany();
    const other = await freshCompany();
    const technician = clientOf(company, { role: "technician" });
    const cases: [Actor, number][] = [
      [clientOf(other), 404],
      [clientOf(company, { companies: [other.company_id] }), 404],
      [company.actor, 403],
      [technician, 403],
      [clientOf(company, { role: "company_admin" }), 101],
    ];
    for (const [actor, status] of cases) expect((await listen(company, "", actor)).status).toBe(status);
    await company.accept([alertOf({ asset_name: "web-1" })]);
    const { id } = await company.incident(1);
    const read = async (actor: Actor) => {
      const found = await company.stub.portalIncident(actor, id);
      return found.ok ? "ok" : found.error.code;
    };
    expect(await read(clientOf(company))).toBe("ok");
    expect(await read(clientOf(other))).toBe("not_found");
    expect(await read(technician)).toBe("forbidden");
    expect(await company.stub.incident(clientOf(company), id)).toMatchObject({
      error: { code: "forbidden" },
    });
    expect((await company.object().fetch("http://company/api/portal/live")).status).toBe(401);
  });

  it("closes sockets of an ended session, of a person whose rights changed, and no others", async () => {
    const company = await freshCompany();
    const mine = await listen(company, "", clientOf(company), { session_id: "se_mine" });
    const theirs = await listen(company, "", clientOf(company, { user_id: "us_other" }));
    await company.stub.closeListeners({ session_ids: ["se_mine"] });
    await expect.poll(() => mine.closed).toEqual([4001]);
    expect(theirs.closed).toEqual([]);
    await company.accept([alertOf({ asset_name: "web-1" })]);
    await expect.poll(theirs.types).toContain("incident_created");
    expect(mine.types()).toEqual(["hello"]);
    await company.stub.closeListeners({ user_id: "us_other" });
    await expect.poll(() => theirs.closed).toEqual([4002]);
  });

  it("tells nothing to a session that has run out meanwhile", async () => {
    const time = movableClock();
    try {
      const company = await freshCompany();
      const old = await listen(company);
      await expect.poll(() => old.frames().length).toBe(1);
      time.forward(61_000);
      await company.accept([alertOf({ asset_name: "web-1" })]);
      await expect.poll(() => old.closed).toEqual([4001]);
      expect(old.types()).toEqual(["hello"]);
    } finally {
      time.restore();
    }
  });
});
