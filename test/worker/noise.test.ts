import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Alert } from "../../core/alert.ts";
import type { CompanyCreated } from "../../core/company.ts";
import type { RuleView } from "../../core/policy/rule.ts";
import type { SilenceView } from "../../core/policy/silence.ts";
import { pushOwedRules } from "../../worker/msp-rules/push.ts";
import { colleague } from "../support/colleague.ts";
import { eventually } from "../support/eventually.ts";
import { freshTenant, type TestTenant } from "../support/fresh-tenant.ts";
import { payload } from "../support/payloads.ts";

interface Failed {
  error: string;
  detail: string;
  fields?: Record<string, string>;
}

let tenant: TestTenant;
let base: string;
beforeEach(async () => {
  tenant = await freshTenant();
  base = `/api/companies/${tenant.company.company.id}`;
});

async function call<T>(method: string, path: string, json?: unknown): Promise<{ status: number; body: T }> {
  const response = await tenant.api(path, { method, json });
  const text = await response.text();
  return { status: response.status, body: (text ? JSON.parse(text) : null) as T };
}
const items = async <T>(path: string) => (await call<{ items: T[] }>("GET", path)).body.items;
const send = async (more: Record<string, unknown> = {}): Promise<Alert> => {
  const answer = await tenant.company.post(payload(more));
  const { alert_id } = await answer.json<{ alert_id: string }>();
  return (await call<Alert>("GET", `/api/alerts/${alert_id}`)).body;
};
const lab = { op: "starts_with", field: "asset", value: "lab-" };
const soon = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();

describe("rules over the API", () => {
  it("name every field that is wrong", async () => {
    const wrong = async (body: unknown) => (await call<Failed>("POST", `${base}/rules`, body)).body.fields;
    const actions = { severity: "low" };
    expect(await wrong({ name: "", when: null, actions })).toEqual({ name: "give it a name" });
    const pattern = { op: "matches", field: "asset", value: "(" };
    expect(await wrong({ name: "x", when: { op: "any", of: [lab, pattern] }, actions })).toEqual({
      "when.of.1.value": "This is not a valid pattern: missing closing ): `(`.",
    });
    const colour = { op: "equals", field: "colour", value: "red" };
    expect(await wrong({ name: "x", when: { op: "all", of: [colour] }, actions })).toMatchObject({
      "when.of.0.field": expect.stringContaining("not a field of alerts"),
    });
    expect(await wrong({ name: "x", when: null, actions: {} })).toEqual({ actions: "say what it shall do" });
  });

  it("assign to those alone who work on the company's incidents, by the name they have", async () => {
    const msp_id = tenant.me.msp.id;
    const other = await freshTenant();
    const company = tenant.company.company.id;
    const elsewhere = await tenant.createCompany("Elsewhere Ltd");
    const ada = await colleague(msp_id, "technician", [company], { name: "Ada" });
    const client = await colleague(msp_id, "client", [company]);
    const gone = await colleague(msp_id, "technician", [company], { disabled_at: Date.now() });
    const path = `${base}/rules`;
    const to = (id: string) => ({ name: "Lab", when: lab, actions: { assignee: { id, name: "Anybody" } } });
    const wrong = { "actions.assignee": "is no technician of this company" };
    for (const id of [client.id, gone.id, other.me.user.id, "us_nobody"])
      expect((await call<Failed>("POST", path, to(id))).body.fields).toEqual(wrong);
    const made = await call<RuleView>("POST", path, to(ada.id));
    expect(made.body.actions.assignee).toEqual({ id: ada.id, name: "Ada" });
    // For all companies, only who sees them all.
    const all = await call<Failed>("POST", "/api/msp/rules", to(ada.id));
    expect(all.body.fields).toEqual({ "actions.assignee": "does not see every company" });
    const both = await colleague(msp_id, "technician", [company, elsewhere.company.id]);
    expect((await call("POST", "/api/msp/rules", to(both.id))).status).toBe(201);
    // Who lost sight of the company meanwhile stays until somebody else is named.
    await env.DB.prepare("DELETE FROM user_companies WHERE user_id = ?1").bind(ada.id).run();
    const one = `${path}/${made.body.id}`;
    expect((await call("PATCH", one, { actions: { ...to(ada.id).actions, severity: "low" } })).status).toBe(
      200,
    );
    expect((await call<Failed>("PATCH", one, to(client.id))).body.fields).toEqual(wrong);
  });

  it("are made, tried out, put in order, changed and deleted; each is noted", async () => {
    await send({ asset_name: "lab-1" });
    await send({ asset_name: "web-1" });
    expect((await call("POST", `${base}/rules/preview`, { when: lab })).body).toMatchObject({
      looked_at: 2,
      matched: 1,
      items: [{ asset_name: "lab-1" }],
    });
    const create = async (name: string, actions: object) =>
      (await call<RuleView>("POST", `${base}/rules`, { name, when: lab, actions })).body;
    const one = await create("one", { severity: "low" });
    const two = await create("two", { severity: "critical", title: "Lab: {asset}" });
    expect(await send({ asset_name: "lab-2", severity: "high" })).toMatchObject({ severity: "low" });
    await call("POST", `${base}/rules/order`, { ids: [two.id, one.id] });
    expect(await send({ asset_name: "lab-3", severity: "high" })).toMatchObject({ severity: "critical" });
    await call("PATCH", `${base}/rules/${two.id}`, { enabled: false });
    expect(await send({ asset_name: "lab-4", severity: "high" })).toMatchObject({ severity: "low" });
    expect((await call("DELETE", `${base}/rules/${one.id}`)).status).toBe(204);
    expect(await items<RuleView>(`${base}/rules`)).toMatchObject([
      { name: "two", enabled: false, matched: 2 },
    ]);
    await eventually(async () => {
      const entries = await items<{ action: string }>("/api/audit?limit=20");
      expect(entries.map(({ action }) => action)).toEqual(
        expect.arrayContaining(["rule.created", "rule.reordered", "rule.changed", "rule.deleted"]),
      );
    });
  });
});

describe("silences and windows over the API", () => {
  it("hold what comes, and end by hand", async () => {
    const made = await call<SilenceView>("POST", `${base}/silences`, { when: lab, ends_at: soon(60) });
    expect(made).toMatchObject({ status: 201, body: { status: "active" } });
    const alert = await send({ asset_name: "lab-1" });
    expect(alert).toMatchObject({ suppressed_by: `silence:${made.body.id}`, incident_id: null });
    expect((await call("DELETE", `${base}/silences/${made.body.id}`)).status).toBe(204);
    await eventually(async () => {
      expect((await call<Alert>("GET", `/api/alerts/${alert.id}`)).body.incident_id).not.toBeNull();
      expect(await items(`${base}/held-alerts`)).toMatchObject([{ held: 1, firing: 1, done: true }]);
    });
  });

  it("say when they would take place", async () => {
    const preview = await call<{ occurrences: { starts_at: string }[] }>(
      "POST",
      `${base}/maintenance-windows/preview`,
      {
        starts_at: "2030-03-30T02:30",
        zone: "Europe/Berlin",
        duration_minutes: 60,
        rrule: "FREQ=DAILY;COUNT=3",
      },
    );
    expect(preview.body.occurrences.map(({ starts_at }) => starts_at)).toEqual([
      "2030-03-30T01:30:00.000Z",
      "2030-03-31T01:00:00.000Z",
      "2030-04-01T00:30:00.000Z",
    ]);
    const wrong = await call<Failed>("POST", `${base}/maintenance-windows`, {
      name: "x",
      starts_at: "2030-03-30T02:30",
      zone: "Europe/Berlin",
      duration_minutes: 99_999,
      rrule: "FREQ=HOURLY",
    });
    expect(wrong.body.fields).toEqual({ duration_minutes: "at most 7 days" });
  });
});

describe("rules for all companies", () => {
  const everywhere = { name: "Everywhere", when: lab, actions: { category: "Cloud" } };

  it("reach the companies there are and those to come, after their own", async () => {
    const made = await call<RuleView>("POST", "/api/msp/rules", everywhere);
    expect(made.status).toBe(201);
    await eventually(async () =>
      expect(await items<RuleView>(`${base}/rules`)).toMatchObject([{ scope: "msp", name: "Everywhere" }]),
    );
    expect(await send({ asset_name: "lab-1" })).toMatchObject({ category: "Cloud" });
    const fares = [{ rule_id: made.body.id, matched: 1, errors: 0, last_error: null }];
    expect(await items<object>("/api/msp/rules/companies")).toMatchObject([{ behind: false, rules: fares }]);
    const { body } = await call<CompanyCreated>("POST", "/api/companies", { name: "New" });
    await eventually(async () =>
      expect(await items<RuleView>(`/api/companies/${body.company.id}/rules`)).toHaveLength(1),
    );
    const second = await call<RuleView>("POST", "/api/msp/rules", { ...everywhere, name: "Second" });
    await call("POST", "/api/msp/rules/order", { ids: [second.body.id, made.body.id] });
    await eventually(async () =>
      expect((await items<RuleView>(`${base}/rules`)).map(({ name }) => name)).toEqual([
        "Second",
        "Everywhere",
      ]),
    );
    await call("DELETE", `/api/msp/rules/${second.body.id}`);
    await call("DELETE", `/api/msp/rules/${made.body.id}`);
    await eventually(async () => expect(await items<RuleView>(`${base}/rules`)).toEqual([]));
  });

  it("that did not reach a company are handed on by the sweep", async () => {
    const { id } = tenant.company.company;
    const away = vi.spyOn(env.COMPANY, "get").mockImplementation(() => {
      throw new Error("object away");
    });
    await call("POST", "/api/msp/rules", everywhere);
    await eventually(async () => expect(away).toHaveBeenCalled());
    away.mockRestore();
    const owed = () =>
      env.DB.prepare("SELECT company_id FROM msp_rule_pushes WHERE company_id = ?1").bind(id).all();
    expect((await owed()).results).toHaveLength(1);
    const asked = await items<{ company_id: string; behind: boolean }>("/api/msp/rules/companies");
    expect(asked.find(({ company_id }) => company_id === id)).toMatchObject({ behind: true, rules: [] });
    expect(await items<RuleView>(`${base}/rules`)).toEqual([]);
    await pushOwedRules(env);
    expect((await owed()).results).toEqual([]);
    expect(await items<RuleView>(`${base}/rules`)).toHaveLength(1);
  });
});
