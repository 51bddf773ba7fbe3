import { SELF } from "cloudflare:test";
import { expect, it } from "vitest";
import type { Alert } from "../../core/alert.ts";
import type { DeadLetterDetail, LetterGroup, ReplayPage, ReplayResult } from "../../core/dead-letter.ts";
import type { HeartbeatView } from "../../core/heartbeat.ts";
import { API } from "../support/addresses.ts";
import { eventually } from "../support/eventually.ts";
import { freshTenant } from "../support/fresh-tenant.ts";

const mapping = {
  name: "Backups",
  source: "backup",
  fields: {
    asset_name: { from: ["$.job.server"] },
    signature: { from: ["backup_{{ $.job.name }}"] },
    severity: { from: ["$.code"], map: [{ from: "5", to: "critical" }] },
    message: { from: ["$.text"] },
  },
  recovery: [{ value: "$.code", op: "is", to: ["0"] }],
};
const body = (code: number) => ({ job: { server: "nas-01", name: "nightly" }, code, text: "disk full" });

async function scene() {
  const { company, api } = await freshTenant();
  const { id } = company.company;
  const at = `/api/companies/${id}`;
  const post = async (route: string, json: unknown, query = "") => {
    const url = `${API}/api/webhooks/${route}?api_key=${company.api_key}${query}`;
    const text = typeof json === "string" ? json : JSON.stringify(json);
    const answer = await SELF.fetch(url, { method: "POST", body: text });
    return { ...(await answer.json<Record<string, unknown>>()), code: answer.status };
  };
  const get = async <T>(path: string) => (await api(at + path)).json<T>();
  const send = async <T>(path: string, json: unknown, method = "POST") =>
    (await api(at + path, { method, json })).json<T>();
  return { at, api, company, id, post, get, send };
}
type Page = { items: DeadLetterDetail[]; groups: LetterGroup[] };

it("a body nobody understands is kept, mapped, sent again once, and understood from then on", async () => {
  const { api, post, get, send } = await scene();
  const refused = await post("custom", body(5));
  expect(refused).toMatchObject({ code: 422, fields: { mapping: "none fits" } });
  const { items } = await get<Page>("/dead-letters");
  expect(items).toMatchObject([{ tool: "custom", reason: "validation_failed", status: "waiting" }]);
  const letter = items[0]!.id;
  const preview = await send<{ items: unknown[] }>("/mappings/preview", { mapping, body_id: letter });
  expect(preview.items).toMatchObject([
    {
      alert: { asset_name: "nas-01", signature: "backup_nightly", severity: "critical" },
      dedup_key: "backup|check|nas-01|backup_nightly",
      parts: expect.arrayContaining([
        expect.objectContaining({ field: "severity", value: "critical", expression: "$.code", raw: "5" }),
        expect.objectContaining({ field: "status", value: "firing", guessed: true }),
      ]),
    },
  ]);
  const made = await send<{ id: string; slug: string }>("/mappings", mapping);
  expect(made.slug).toBe("backups");

  const again = () => send<ReplayResult>(`/dead-letters/${letter}/replay`, {});
  const first = await again();
  expect(first).toMatchObject({ status: "received", results: [{ outcome: "opened" }] });
  const second = await again();
  expect(second).toMatchObject({ status: "duplicate", alert_ids: first.alert_ids });
  const alert = await (await api(`/api/alerts/${first.alert_ids[0]}`)).json<Alert>();
  expect(alert).toMatchObject({ count: 1, tool_source: "backup", delivery_id: `dead-letter:${letter}` });
  expect((await get<Page>("/dead-letters?status=replayed")).items).toHaveLength(1);

  await eventually(async () => {
    expect(await post("custom", body(0))).toMatchObject({ code: 202, results: [{ outcome: "resolved" }] });
  });
  expect(await post("custom", body(5), "&mapping=backups")).toMatchObject({ code: 202 });
});

it("of a batch only what was refused is kept; all of one reason are counted, listed and deleted", async () => {
  const { at, api, company, post, get } = await scene();
  expect(await post("alertmanager", "{nonsense")).toMatchObject({ code: 400 });
  for (let i = 0; i < 25; i++) await post("alertmanager", `{nonsense ${i}`);
  const { groups, items } = await get<Page>("/dead-letters");
  expect(groups).toMatchObject([{ tool: "alertmanager", reason: "invalid_json", count: 26, kept: 20 }]);
  expect(items).toHaveLength(20);
  const gone = await api(`${at}/dead-letters?group=${encodeURIComponent(groups[0]!.group)}`, {
    method: "DELETE",
  });
  expect(gone.status).toBe(204);
  expect(await get<Page>("/dead-letters")).toMatchObject({ items: [], groups: [] });

  const good = { asset_name: "a", signature: "s", severity: "low", message: "m", tool_source: "t" };
  const some = await company.post([good, { message: "no name" }, good]);
  expect(some.status).toBe(202);
  const [left] = (await get<Page>("/dead-letters")).items;
  const kept = await get<DeadLetterDetail>(`/dead-letters/${left?.id}`);
  expect(JSON.parse(kept.body)).toEqual([{ message: "no name" }]);
});

it("many are sent again page by page: what is read, what still fails, what had been sent; looked at first", async () => {
  const { post, get, send, api, id } = await scene();
  const all = async (query: string) => (await get<Page>(`/dead-letters?${query}`)).items;
  await post("custom", body(5));
  const [alone] = await all("");
  const made = await send<{ id: string }>("/mappings", {
    ...mapping,
    matches: [{ value: "$.job.server", op: "exists" }],
  });
  await send(`/dead-letters/${alone?.id}/replay`, {});
  await send(`/mappings/${made.id}`, { enabled: false }, "PATCH");
  for (const n of [1, 2, 3])
    await post("custom", { ...body(n), job: { server: `nas-1${n}`, name: "nightly" } });
  await post("custom", { unrelated: true });
  await post("alertmanager", "{nonsense");
  expect(await all("tool=alertmanager")).toHaveLength(1);
  expect(await all("reason=invalid_json")).toMatchObject([{ tool: "alertmanager" }]);
  expect(await all("reason=invalid_json&tool=custom")).toEqual([]);
  await send(`/mappings/${made.id}`, { enabled: true }, "PATCH");

  const ask = { mapping: made.id, limit: 2 };
  const run = async (more: object) => {
    const pages: ReplayPage[] = [];
    do {
      const cursor = pages.at(-1)?.next_cursor ?? undefined;
      pages.push(await send<ReplayPage>("/dead-letters/replay", { ...ask, ...more, cursor }));
    } while (pages.at(-1)?.next_cursor);
    return pages;
  };
  const sum = (pages: ReplayPage[], of: "read" | "failed" | "already") =>
    pages.reduce((all, page) => all + page[of], 0);
  const sums = (pages: ReplayPage[]) => [sum(pages, "read"), sum(pages, "failed"), sum(pages, "already")];
  const looked = await run({ check: true });
  expect(looked.map(({ left }) => left)).toEqual([3, 1, 0]);
  expect(sums(looked)).toEqual([3, 1, 1]);
  expect(looked.flatMap(({ items }) => items).at(-1)).toMatchObject({
    outcome: "failed",
    detail: "mapping: is not for this body",
  });
  expect(await all("status=waiting")).toHaveLength(5);

  const done = await run({});
  expect(sums(done)).toEqual([3, 1, 1]);
  const read = done.flatMap(({ items }) => items).filter(({ outcome }) => outcome === "read");
  expect(read.map(({ alerts, alert_ids }) => [alerts, alert_ids.length])).toEqual([
    [1, 1],
    [1, 1],
    [1, 1],
  ]);
  expect(sums(await run({}))).toEqual([0, 1, 4]);
  expect(await all("status=waiting")).toMatchObject([{ tool: "alertmanager" }, { tool: "custom" }]);
  const { items } = await (await api(`/api/alerts?company_id=${id}`)).json<{ items: Alert[] }>();
  expect(items.map(({ asset_name, count }) => `${asset_name} ${count}`).sort()).toEqual([
    "nas-01 1",
    "nas-11 1",
    "nas-12 1",
    "nas-13 1",
  ]);
});

it("the first mapping that is for a body reads it; a preview says who stands before; the order can be changed", async () => {
  const { get, send, post, api, id } = await scene();
  const named = (name: string, signature: string) => ({ name, fields: { signature: { from: [signature] } } });
  await send("/mappings", named("One", "of_one"));
  const two = await send<{ id: string; position: number }>("/mappings", named("Two", "of_two"));
  const look = (more: object) =>
    send<{ taken_by: string | null }>("/mappings/preview", {
      mapping: named("Two", "of_two"),
      body: { a: 1 },
      ...more,
    });
  expect(await look({ id: two.id })).toMatchObject({ taken_by: "One" });
  await send(`/mappings/${two.id}`, { position: 0 }, "PATCH");
  const list = await get<{ items: { name: string; position: number }[] }>("/mappings");
  expect(list.items).toMatchObject([
    { name: "Two", position: 0 },
    { name: "One", position: 1 },
  ]);
  expect(await look({ id: two.id })).toMatchObject({ taken_by: null });
  expect(await look({})).toMatchObject({ taken_by: "Two" });
  await eventually(async () => {
    const answer = await post("custom", { a: Math.random() });
    expect(answer).toMatchObject({ code: 202 });
  });
  const { items } = await (await api(`/api/alerts?company_id=${id}`)).json<{ items: Alert[] }>();
  expect(items).toMatchObject([{ raw_signature: "of_two" }]);
  const bare = { ...named("Three", "x"), matches: [{ value: "", op: "exists" }] };
  expect(await send("/mappings", bare)).toMatchObject({
    fields: { "matches.0.value": "say what to look at" },
  });
});

it("a heartbeat that stays away raises an alert; its return ends it", async () => {
  const { post, get, send, api, id } = await scene();
  const made = await send<HeartbeatView>("/heartbeats", {
    name: "Nightly",
    asset_name: "db-01",
    interval_minutes: 5,
    grace_minutes: 1,
    severity: "critical",
  });
  expect(made).toMatchObject({ state: "waiting" });
  expect(await post(`heartbeat/${made.id}`, "")).toMatchObject({ code: 202 });
  expect(await post("heartbeat/hb_unknown", "")).toMatchObject({ code: 404 });
  const list = async () => (await get<{ items: HeartbeatView[] }>("/heartbeats")).items[0]!;
  expect(await list()).toMatchObject({ state: "up" });
  const changed = await send(
    `/heartbeats/${made.id}`,
    { interval_minutes: 30, asset_name: "db-02" },
    "PATCH",
  );
  expect(changed).toMatchObject({
    name: "Nightly",
    asset_name: "db-02",
    interval_minutes: 30,
    grace_minutes: 1,
    severity: "critical",
    paused: false,
    match: null,
  });
  const wrong = await send(`/heartbeats/${made.id}`, { interval_minutes: null }, "PATCH");
  expect(wrong).toMatchObject({ fields: { interval_minutes: "give a number of minutes" } });
  const watched = await get<{ items: HeartbeatView[]; unexpected: unknown[] }>(
    "/heartbeats?unexpected=false",
  );
  expect(watched).toMatchObject({ items: [{ state: "up" }], unexpected: [] });
  const alerts = async () => {
    const answer = await api(`/api/alerts?company_id=${id}&tool=heartbeat`);
    return (await answer.json<{ items: Alert[] }>()).items;
  };
  expect(await alerts()).toEqual([]);
});
