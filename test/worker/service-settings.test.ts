import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { DEFAULT_AUTOMATION } from "../../core/automation.ts";
import type { AwsAccessView } from "../../core/aws-access.ts";
import type { CompanyDetail } from "../../core/company.ts";
import { DEFAULT_NOTIFICATIONS } from "../../core/notification-policy.ts";
import { DEFAULT_SLA } from "../../core/sla.ts";
import { readRecord } from "../../durable-objects/company-record.ts";
import { companyStub } from "../../worker/company-stub.ts";
import type { Env } from "../../worker/env.ts";
import { open } from "../../worker/secrets.ts";
import { rotateSecrets } from "../../worker/secrets-rotation.ts";
import { as } from "../security/as.ts";
import { colleague } from "../support/colleague.ts";
import { eventually } from "../support/eventually.ts";
import { freshTenant, type TestTenant } from "../support/fresh-tenant.ts";

const account_id = "305118264907";
const role_arn = `arn:aws:iam::${account_id}:role/AlertWhisperer`;

let tenant: TestTenant;
let id: string;
let path: string;
beforeEach(async () => {
  tenant = await freshTenant();
  id = tenant.company.company.id;
  path = `/api/companies/${id}`;
});

const get = (group: string) => tenant.api(`${path}/${group}`);
const put = (group: string, json: unknown, headers: Record<string, string> = {}) =>
  tenant.api(`${path}/${group}`, { method: "PUT", json, headers });

const office = {
  time_zone: "Europe/Berlin",
  days: [{ weekday: 1, from: "09:00", to: "17:00" }],
  holidays: ["2026-12-25"],
};

const groups: Record<string, { first: object; good: object; bad: object; field: string }> = {
  sla: {
    first: DEFAULT_SLA,
    good: {
      ...DEFAULT_SLA,
      hours: office,
      targets: { ...DEFAULT_SLA.targets, critical: { response_minutes: 0.05, resolution_minutes: 0.1 } },
      warn_percent: [50, 90],
    },
    bad: { targets: { high: { response_minutes: 9, resolution_minutes: 8 } } },
    field: "targets.high.resolution_minutes",
  },
  automation: {
    first: DEFAULT_AUTOMATION,
    good: { auto_approve: true, execution_windows: office, attempts_per_asset_per_day: 1 },
    bad: { execution_windows: { ...office, days: [{ weekday: 1, from: "9", to: "17:00" }] } },
    field: "execution_windows.days.0.from",
  },
  notifications: {
    first: DEFAULT_NOTIFICATIONS,
    good: {
      events: { ...DEFAULT_NOTIFICATIONS.events, sla_breach: ["sms"] },
      max_messages: 3,
      per_minutes: 0.5,
    },
    bad: { events: { sla_breach: ["fax"] } },
    field: "events.sla_breach.0",
  },
  aws: {
    first: { account_id: null, role_arn: null, regions: [] },
    good: { account_id, role_arn, regions: ["eu-central-1"] },
    bad: { account_id: "1", regions: ["eu-central-1"] },
    field: "account_id",
  },
};

describe.each(Object.entries(groups))("%s", (group, { first, good, bad, field }) => {
  it("begins as written, is saved and checked, and is kept from being overwritten unseen", async () => {
    const begun = await get(group);
    const etag = begun.headers.get("etag") ?? "";
    expect(await begun.json()).toMatchObject(first);
    const saved = await put(group, good, { "if-match": etag });
    expect(saved.status).toBe(200);
    expect(await saved.clone().json()).toMatchObject(good);
    const newer = saved.headers.get("etag") ?? "";
    const now = await get(group);
    expect(now.headers.get("etag")).toBe(newer);
    expect(await now.json()).toEqual(await saved.json());
    // Somebody who still looks at the first state.
    const stale = await put(group, first, { "if-match": etag });
    expect([stale.status, await stale.json()]).toMatchObject([412, { current: good }]);
    expect((await put(group, good, { "if-match": newer })).status).toBe(200);
    const wrong = await put(group, bad);
    expect([wrong.status, await wrong.json()]).toMatchObject([
      422,
      { fields: { [field]: expect.any(String) } },
    ]);
    expect((await (await tenant.api(path)).json<CompanyDetail>())[group as "sla"]).toMatchObject(good);
  });

  it("is noted with before and after", async () => {
    await put(group, good);
    const seen = await eventually(async () => {
      const answer = await tenant.api(`/api/audit?company_id=${id}&action=company.settings_changed`);
      const { items } = await answer.json<{ items: { before: object; after: object }[] }>();
      expect(items).toHaveLength(1);
      return items[0];
    });
    expect(seen).toMatchObject({ before: { [group]: first }, after: { [group]: good } });
  });

  it("is read by technicians and changed by administrators", async () => {
    const msp = tenant.me.msp.id;
    const technician = await colleague(msp, "technician", [id]);
    const admin = await colleague(msp, "company_admin", [id]);
    const at = `${path}/${group}`;
    expect((await as(technician, "GET", at)).status).toBe(200);
    expect((await as(technician, "PUT", at, good)).status).toBe(403);
    expect((await as(admin, "PUT", at, good)).status).toBe(200);
  });
});

describe("the external id", () => {
  const access = { account_id, role_arn: null, regions: ["eu-west-1"] };
  const read = async () => (await get("aws")).json<AwsAccessView>();
  const first = async () => {
    expect((await read()).external_id).toBeNull();
    return (await (await put("aws", access)).json<AwsAccessView>()).external_id ?? "";
  };

  it("is made once, stays through every change, and is another for each company", async () => {
    const made = await first();
    expect(made).toMatch(/^ext-[\w-]{32}$/);
    await put("aws", { ...access, role_arn });
    await put("aws", { account_id: null });
    expect(await read()).toEqual({ account_id: null, role_arn: null, regions: [], external_id: made });
    const other = await tenant.createCompany("Other");
    const answer = await tenant.api(`/api/companies/${other.company.id}/aws`, {
      method: "PUT",
      json: access,
    });
    expect((await answer.json<AwsAccessView>()).external_id).not.toBe(made);
  });

  it("is shown to those who may change the access, and kept sealed", async () => {
    const made = await first();
    const technician = await colleague(tenant.me.msp.id, "technician", [id]);
    const seen = await (await as(technician, "GET", `${path}/aws`)).text();
    expect(JSON.parse(seen)).toEqual({ ...access, external_id: null });
    const object = env.COMPANY.get(env.COMPANY.idFromName(id));
    const stored = await runInDurableObject(object, (_, state) =>
      JSON.stringify([
        state.storage.sql.exec("SELECT * FROM meta").toArray(),
        state.storage.sql.exec("SELECT * FROM audit_outbox").toArray(),
      ]),
    );
    const log = await env.DB.prepare("SELECT * FROM audit_entries WHERE company_id = ?1").bind(id).all();
    const told = [await (await tenant.api(path)).text(), stored, JSON.stringify(log.results)];
    for (const text of told) expect(text).not.toContain(made);
  });

  it("is sealed anew when the service's key changes, and its settings keep their entity tag", async () => {
    const made = await first();
    const etag = (await get("aws")).headers.get("etag");
    const fresh = Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString("base64");
    const keys: Env = { ...env, SECRETS_KEY: fresh, SECRETS_KEY_PREVIOUS: env.SECRETS_KEY };
    const rotate = async (to: Env) => {
      for (let run = 0; run < 20; run++) if (await rotateSecrets(to, Date.now())) return;
      throw new Error("the rotation did not end");
    };
    const stub = companyStub(env, id);
    await rotate(keys);
    const kept = await stub.sealedTexts();
    const msp = tenant.me.msp.id;
    const opened = await Promise.all(
      kept?.texts.map((text) => open({ ...keys, SECRETS_KEY_PREVIOUS: undefined }, msp, text)) ?? [],
    );
    expect(opened).toEqual([tenant.company.hmac_secret, made]);
    await rotate({ ...env, SECRETS_KEY_PREVIOUS: fresh });
    expect((await read()).external_id).toBe(made);
    expect((await get("aws")).headers.get("etag")).toBe(etag);
  });
});

it("a company of before has what new ones begin with", async () => {
  const object = env.COMPANY.get(env.COMPANY.idFromName(id));
  const stored = await runInDurableObject(
    object,
    (_, state) =>
      state.storage.sql.exec<{ value: string }>("SELECT value FROM meta WHERE key = 'company'").one().value,
  );
  const old = JSON.parse(stored) as Record<string, unknown>;
  for (const group of Object.keys(groups)) delete old[group];
  const firsts = Object.fromEntries(Object.entries(groups).map(([group, { first }]) => [group, first]));
  expect(readRecord(JSON.stringify(old))).toMatchObject(firsts);
});
