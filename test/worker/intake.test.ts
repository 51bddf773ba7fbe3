import { SELF } from "cloudflare:test";
import { expect, it } from "vitest";
import type { Alert } from "../../core/alert.ts";
import type { DeadLetterDetail, LetterGroup, ReplayResult } from "../../core/dead-letter.ts";
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
      from: { severity: { expression: "$.code", raw: "5" } },
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
  const alerts = async () => {
    const answer = await api(`/api/alerts?company_id=${id}&tool=heartbeat`);
    return (await answer.json<{ items: Alert[] }>()).items;
  };
  expect(await alerts()).toEqual([]);
});
