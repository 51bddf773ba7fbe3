import { SELF } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Portal, PortalDetail, PortalFrame } from "../../core/portal.ts";
import { API } from "../support/addresses.ts";
import { type Colleague, colleague } from "../support/colleague.ts";
import { eventually } from "../support/eventually.ts";
import { freshTenant, type TestTenant } from "../support/fresh-tenant.ts";

const INTERNAL = "planted-internal-note";
const PUBLIC = "A technician is on the way.";

let tenant: TestTenant;
let client: Colleague;
let company: string;
const sockets: WebSocket[] = [];

beforeEach(async () => {
  tenant = await freshTenant("Harbor IT");
  company = tenant.company.company.id;
  client = await colleague(tenant.me.msp.id, "client", [company]);
});
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.close();
});

const ask = (path: string, who = client) => SELF.fetch(`${API}${path}`, { headers: { cookie: who.cookie } });
const read = async <T>(path: string): Promise<T> => (await ask(path)).json<T>();

async function listen(who = client, query = `?company_id=${company}`) {
  const headers = { upgrade: "websocket", origin: API, cookie: who.cookie };
  const answer = await SELF.fetch(`${API}/api/portal/live${query}`, { headers });
  const frames: string[] = [];
  const closed: number[] = [];
  const socket = answer.webSocket;
  socket?.addEventListener("message", ({ data }) => {
    frames.push(String(data));
  });
  socket?.addEventListener("close", ({ code }) => {
    closed.push(code);
  });
  socket?.accept();
  if (socket) sockets.push(socket);
  return { frames, closed, all: () => frames.map((text) => JSON.parse(text) as PortalFrame) };
}

/** An alert on its way, and the incident it opened once the portal lists it. */
async function trouble(host: string, severity = "critical"): Promise<string> {
  const body = { asset_name: host, signature: "high_cpu", severity, message: "busy", tool_source: "zabbix" };
  expect((await tenant.company.post(body)).status).toBe(202);
  return eventually(async () => {
    const { open } = await read<Portal>("/api/portal");
    const found = open.find(({ asset_names }) => asset_names.includes(host));
    expect(found).toBeDefined();
    return found?.id ?? "";
  });
}

const command = (id: string, verb: string, json: unknown = {}) =>
  tenant.api(`/api/incidents/${id}/${verb}`, { method: "POST", json });

describe("the client's portal", () => {
  it("says how the company is, whose brand it is, and what is open, in allowed fields", async () => {
    expect(await read<Portal>("/api/portal")).toMatchObject({
      company: { id: company, name: "Test Company" },
      provider: "Harbor IT",
      brand: { name: "Harbor IT" },
      status: { level: "ok", text: "Everything is running normally." },
      open: [],
      sla: null,
    });
    await trouble("db-1");
    const { status, open, open_total } = await read<Portal>("/api/portal");
    expect([status.level, open_total]).toEqual(["major", 1]);
    expect(status.text).toMatch(/^One critical problem on db-1; noticed at \d\d:\d\d\.$/);
    expect(Object.keys(open[0] ?? {}).sort()).toEqual(
      [
        ["id", "title", "status", "severity", "asset_names", "alert_count", "flapping"],
        ["created_at", "acknowledged_at", "resolved_at", "updated_at", "version"],
      ]
        .flat()
        .sort(),
    );
  });

  it("shows a public note and never an internal one: not in an answer, not in a frame", async () => {
    const { frames } = await listen();
    const id = await trouble("db-1");
    await command(id, "note", { text: INTERNAL });
    await command(id, "note", { text: PUBLIC, public: true });
    await command(id, "resolve", { notes: INTERNAL });
    const detail = await read<PortalDetail>(`/api/portal/incidents/${id}`);
    expect(detail.timeline.map(({ kind }) => kind)).toEqual(["resolved", "note", "opened"]);
    expect(detail.timeline[1]).toMatchObject({ text: PUBLIC, by: "provider" });
    await eventually(async () => {
      const { resolved_30_days } = await read<Portal>("/api/portal");
      expect(resolved_30_days).toBe(1);
    });
    await expect.poll(() => frames.some((text) => text.includes('"resolved"'))).toBe(true);
    const everything = [
      JSON.stringify(detail),
      await (await ask("/api/portal")).text(),
      await (await ask("/api/portal/incidents?status=all")).text(),
      ...frames,
    ].join("\n");
    for (const inside of [INTERNAL, "Test Admin", "zabbix", "aggregation_key", '"why"'])
      expect(everything).not.toContain(inside);
  });

  it("says of a merged problem that it is part of another, and counts it as none that was resolved", async () => {
    const [cause, effect] = [await trouble("db-1"), await trouble("web-1")];
    expect((await command(cause, "merge", { incident_ids: [effect] })).status).toBe(200);
    const story = async (id: string) =>
      (await read<PortalDetail>(`/api/portal/incidents/${id}`)).timeline.map(({ text }) => text);
    expect(await story(effect)).toContain("It turned out to be part of another problem.");
    expect(await story(cause)).toContain("Another problem turned out to be part of it.");
    await eventually(async () => {
      const { open, resolved_30_days } = await read<Portal>("/api/portal");
      expect([open.map(({ id }) => id), resolved_30_days]).toEqual([[cause], 0]);
    });
  });

  it("streams what happens as it happens, and what a listener missed for a moment", async () => {
    const first = await listen();
    await expect.poll(() => first.all()[0]?.type).toBe("hello");
    await trouble("db-1");
    await expect.poll(() => first.all().some(({ type }) => type === "incident_created")).toBe(true);
    const [hello] = first.all();
    const epoch = hello?.type === "hello" ? hello.data.epoch : "";
    const again = await listen(client, `?company_id=${company}&since=0&epoch=${epoch}`);
    await expect.poll(() => again.all().some(({ type }) => type === "incident_created")).toBe(true);
    expect(again.all().some(({ type }) => type === "resync")).toBe(false);
    const stranger = await listen(client, `?company_id=${company}&since=0&epoch=another`);
    await expect.poll(() => stranger.all().map(({ type }) => type)).toEqual(["hello", "resync"]);
  });

  it("tells nothing of another company, and nothing to those who only work here", async () => {
    const other = (await tenant.createCompany("Other")).company.id;
    const both = await colleague(tenant.me.msp.id, "company_admin", [company, other]);
    const technician = await colleague(tenant.me.msp.id, "technician", [company]);
    const id = await trouble("db-1");
    const elsewhere = await colleague(tenant.me.msp.id, "client", [other]);
    const quiet = await listen(elsewhere, `?company_id=${other}`);
    for (const path of [`/api/portal?company_id=${company}`, `/api/portal/incidents/${id}`])
      expect((await ask(path, elsewhere)).status, path).toBe(404);
    expect((await listen(elsewhere)).frames).toEqual([]);
    expect((await ask("/api/portal", technician)).status).toBe(403);
    expect((await tenant.api("/api/portal")).status).toBe(403);
    const names = (await (await ask("/api/portal", both)).json<Portal>()).companies.map(({ name }) => name);
    expect(names).toEqual(["Other", "Test Company"]);
    await command(id, "acknowledge");
    await trouble("db-2");
    expect(quiet.all().map(({ type }) => type)).toEqual(["hello"]);
  });

  it("ends with the session, and when the person's companies change", async () => {
    const signedOut = await listen();
    await SELF.fetch(`${API}/api/auth/logout`, {
      method: "POST",
      headers: { cookie: client.cookie, origin: API },
    });
    await expect.poll(() => signedOut.closed).toEqual([4001]);
    const other = (await tenant.createCompany("Other")).company.id;
    const moved = await colleague(tenant.me.msp.id, "client", [company]);
    const open = await listen(moved);
    await expect.poll(() => open.frames.length).toBe(1);
    const change = { method: "PATCH", json: { company_ids: [other] } };
    expect((await tenant.api(`/api/people/${moved.id}`, change)).status).toBe(200);
    await expect.poll(() => open.closed).toEqual([4002]);
    expect((await ask(`/api/portal?company_id=${company}`, moved)).status).toBe(404);
  });
});
