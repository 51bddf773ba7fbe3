import { SELF } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Alert } from "../../core/alert.ts";
import type { CompanyCreated } from "../../core/company.ts";
import type { WindowView } from "../../core/policy/maintenance.ts";
import { freshTenant, type TestTenant } from "../support/fresh-tenant.ts";
import { payload } from "../support/payloads.ts";
import { signedRequest } from "../support/signing.ts";
import { moveClock } from "../support/wall-clock.ts";

const HOUR = 3_600_000;

let time: ReturnType<typeof moveClock>;
let tenant: TestTenant;
beforeEach(async () => {
  time = moveClock();
  tenant = await freshTenant();
});
afterEach(() => time.restore());

/** What clocks in UTC show so many hours from now. */
const wall = (hours: number) => new Date(Date.now() + hours * HOUR).toISOString().slice(0, 19);
const create = (maintenance_windows: unknown) =>
  tenant.api("/api/companies", { method: "POST", json: { name: "Contoso", maintenance_windows } });

it("a company begins with the windows it was created with: they hold alerts, end on time and are noted", async () => {
  const now = { name: "Moving house", starts_at: wall(-1), zone: "UTC", duration_minutes: 180 };
  const weekly = { name: "Patch night", starts_at: wall(48), zone: "Asia/Tokyo", duration_minutes: 60 };
  const made = await create([now, { ...weekly, rrule: "FREQ=WEEKLY" }]);
  expect(made.status).toBe(201);
  const { company, ...keys } = await made.json<CompanyCreated>();
  const list = await tenant.api(`/api/companies/${company.id}/maintenance-windows`);
  const { items } = await list.json<{ items: WindowView[] }>();
  expect(items).toMatchObject([
    { ...now, status: "active", when: null, enabled: true, created_by: tenant.me.user.name },
    { ...weekly, status: "pending", rrule: "FREQ=WEEKLY" },
  ]);

  // The sweep knows when the first one ends, should the object lose its alarm.
  const end = Date.parse(`${now.starts_at}Z`) + 3 * HOUR;
  const row = await env.DB.prepare("SELECT next_due_at FROM companies WHERE id = ?1")
    .bind(company.id)
    .first();
  expect(row).toEqual({ next_due_at: end });

  const send = async () => {
    const answer = await SELF.fetch(await signedRequest(keys, payload({ asset_name: crypto.randomUUID() })));
    const { alert_id } = await answer.json<{ alert_id: string }>();
    return (await tenant.api(`/api/alerts/${alert_id}`)).json<Alert>();
  };
  expect(await send()).toMatchObject({ suppressed_by: `maintenance:${items[0]?.id}`, incident_id: null });
  time.forward(2 * HOUR);
  expect((await send()).incident_id).not.toBeNull();

  const log = await tenant.api(`/api/audit?company_id=${company.id}&action=company.created`);
  expect((await log.json<{ items: unknown[] }>()).items).toMatchObject([
    { after: { maintenance_windows: [now, weekly] } },
  ]);
});

it("says of each window what is wrong with it, and makes no company", async () => {
  const fine = { name: "Patch night", starts_at: wall(48), zone: "UTC", duration_minutes: 60 };
  const wrong = async (windows: unknown) => {
    const answer = await create(windows);
    const { fields = {} } = await answer.json<{ fields?: object }>();
    return [answer.status, Object.keys(fields).sort()];
  };
  const over = { ...fine, starts_at: wall(-3) };
  expect(await wrong([fine, over, { ...fine, rrule: "FREQ=HOURLY" }])).toEqual([
    422,
    ["maintenance_windows.1.starts_at", "maintenance_windows.2.rrule"],
  ]);
  expect(await wrong([{ ...fine, name: " ", zone: "Mars/Olympus" }])).toEqual([
    422,
    ["maintenance_windows.0.name", "maintenance_windows.0.zone"],
  ]);
  const when = { op: "matches", field: "asset", value: "(" };
  expect(await wrong([{ ...fine, when }])).toEqual([422, ["maintenance_windows.0.when.value"]]);
  expect((await wrong(Array.from({ length: 101 }, () => fine)))[0]).toBe(422);
  const { items } = await (await tenant.api("/api/companies")).json<{ items: unknown[] }>();
  expect(items).toHaveLength(1);
});
