import { expect, it } from "vitest";
import type { Proposal } from "../../core/learning/propose.ts";
import type { RuleView } from "../../core/policy/rule.ts";
import { alertOf, freshCompany, movableClock } from "../support/company-object.ts";
import { freshTenant, type TestTenant } from "../support/fresh-tenant.ts";
import { taughtProposal } from "../support/proposal.ts";

const path = (tenant: TestTenant, rest = "") =>
  `/api/companies/${tenant.company.company.id}/correlation/proposals${rest}`;
const listed = async (tenant: TestTenant) =>
  (await (await tenant.api(path(tenant))).json<{ items: Proposal[] }>()).items;

it("proposes what came together night after night, over a crash", async () => {
  const time = movableClock();
  try {
    const { stub, accept, actor, crash } = await freshCompany();
    for (let night = 0; night < 8; night++) {
      await accept([alertOf({ asset_name: "nas-01", signature: "disk_full", caller_key: `d${night}` })]);
      time.forward(60_000);
      await accept([alertOf({ asset_name: "nas-01", signature: "disk_slow", caller_key: `b${night}` })]);
      time.forward(86_400_000);
      await stub.wake();
    }
    await crash();
    const found = await stub.proposals(actor);
    expect(found).toMatchObject({ ok: true, value: [{ signatures: ["disk_full", "disk_slow"] }] });
    expect(found.ok && found.value[0]?.rule.actions).toEqual({ group_by: ["asset"] });
  } finally {
    time.restore();
  }
});

it("becomes a rule once it is accepted, and is proposed no more", async () => {
  const tenant = await freshTenant();
  const { id } = tenant.company.company;
  const proposal = await taughtProposal(id);
  const [shown] = await listed(tenant);
  expect(shown).toMatchObject({ id: proposal, merged: 2 });
  const answer = await tenant.api(path(tenant, `/${proposal}/accept`), { method: "POST", json: {} });
  expect(answer.status).toBe(201);
  expect(await answer.json<RuleView>()).toMatchObject({
    name: shown?.rule.name,
    actions: shown?.rule.actions,
  });
  const rules = await (await tenant.api(`/api/companies/${id}/rules`)).json<{ items: RuleView[] }>();
  expect(rules.items.map(({ name }) => name)).toContain(shown?.rule.name);
  expect(await listed(tenant)).toEqual([]);
  const again = await tenant.api(path(tenant, `/${proposal}/accept`), { method: "POST", json: {} });
  expect(again.status).toBe(404);
});

it("stays away once it is dismissed", async () => {
  const tenant = await freshTenant();
  const proposal = await taughtProposal(tenant.company.company.id);
  const answer = await tenant.api(path(tenant, `/${proposal}/dismiss`), { method: "POST", json: {} });
  expect(answer.status).toBe(204);
  expect(await listed(tenant)).toEqual([]);
  const rules = await tenant.api(`/api/companies/${tenant.company.company.id}/rules`);
  expect((await rules.json<{ items: RuleView[] }>()).items).toEqual([]);
});
