import { caller, company, type Entries, type Entry } from "../entry.ts";
import type { World } from "../world.ts";

const soon = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
const rule = () => ({
  name: `rule-${crypto.randomUUID()}`,
  when: { op: "equals", field: "asset", value: crypto.randomUUID() },
  actions: { severity: "low" },
});
const silence = () => ({ when: rule().when, ends_at: soon(60) });
const maintenance = () => ({
  name: `window-${crypto.randomUUID()}`,
  when: rule().when,
  starts_at: soon(-10).slice(0, 16),
  zone: "UTC",
  duration_minutes: 60,
});
const correction = () => ({ signature: `s_${crypto.randomUUID()}`, category: "Cloud" });

async function made({ owner, a }: World, path: string, body: unknown): Promise<string> {
  const answer = await owner.api(`/api/companies/${a}/${path}`, { method: "POST", json: body });
  return (await answer.json<{ id: string }>()).id;
}

/** One made anew for each call, under this parameter's name. */
const one = (param: string, path: string, make: () => unknown, body?: unknown): Entry => ({
  of: "company",
  make: async (world) => ({ params: { id: world.a, [param]: await made(world, path, make()) }, body }),
});
const aRule = (body?: unknown) => one("rule_id", "rules", rule, body);
const aSilence = (body?: unknown) => one("silence_id", "silences", silence, body);
const aWindow = (body?: unknown) => one("window_id", "maintenance-windows", maintenance, body);
const mspRule = (body?: unknown): Entry => ({
  of: "msp",
  async make({ owner }) {
    const answer = await owner.api("/api/msp/rules", { method: "POST", json: rule() });
    return { params: { rule_id: (await answer.json<{ id: string }>()).id }, body };
  },
});
const aNew = (make: () => unknown): Entry => ({
  of: "company",
  make: ({ a }) => ({ params: { id: a }, body: make() }),
});

/** Rules, silences, maintenance windows and corrections. */
export const noise: Entries = {
  "GET /api/companies/{id}/rules": company(),
  "POST /api/companies/{id}/rules": aNew(rule),
  "POST /api/companies/{id}/rules/order": {
    of: "company",
    async make(world) {
      await made(world, "rules", rule());
      const list = await world.owner.api(`/api/companies/${world.a}/rules`);
      const { items } = await list.json<{ items: { id: string; scope: string }[] }>();
      const ids = items.filter(({ scope }) => scope === "company").map(({ id }) => id);
      return { params: { id: world.a }, body: { ids: ids.reverse() } };
    },
  },
  "POST /api/companies/{id}/rules/preview": company({ when: null }),
  "PATCH /api/companies/{id}/rules/{rule_id}": aRule({ name: "Another name" }),
  "DELETE /api/companies/{id}/rules/{rule_id}": aRule(),
  "GET /api/companies/{id}/silences": company(),
  "POST /api/companies/{id}/silences": aNew(silence),
  "PATCH /api/companies/{id}/silences/{silence_id}": aSilence({ comment: "ordered" }),
  "DELETE /api/companies/{id}/silences/{silence_id}": aSilence(),
  "GET /api/companies/{id}/maintenance-windows": company(),
  "POST /api/companies/{id}/maintenance-windows": aNew(maintenance),
  "POST /api/companies/{id}/maintenance-windows/preview": company({
    when: null,
    starts_at: "2026-01-01T02:30",
    zone: "Europe/Paris",
    duration_minutes: 60,
    rrule: "FREQ=DAILY",
  }),
  "PATCH /api/companies/{id}/maintenance-windows/{window_id}": aWindow({ name: "Another name" }),
  "POST /api/companies/{id}/maintenance-windows/{window_id}/end": aWindow(),
  "DELETE /api/companies/{id}/maintenance-windows/{window_id}": aWindow(),
  "GET /api/companies/{id}/held-alerts": company(),
  "GET /api/companies/{id}/corrections": company(),
  "POST /api/companies/{id}/corrections": aNew(correction),
  "DELETE /api/companies/{id}/corrections/{correction_id}": one("correction_id", "corrections", correction),
  "GET /api/msp/rules": caller(),
  "GET /api/msp/rules/companies": caller(),
  "POST /api/msp/rules": caller(rule()),
  "POST /api/msp/rules/order": {
    of: "caller",
    async make({ owner }) {
      await owner.api("/api/msp/rules", { method: "POST", json: rule() });
      const { items } = await (await owner.api("/api/msp/rules")).json<{ items: { id: string }[] }>();
      return { body: { ids: items.map(({ id }) => id).reverse() } };
    },
  },
  "PATCH /api/msp/rules/{rule_id}": mspRule({ name: "Another name" }),
  "DELETE /api/msp/rules/{rule_id}": mspRule(),
};
