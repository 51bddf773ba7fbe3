import { caller, companyQuery, type Entries } from "../entry.ts";
import type { World } from "../world.ts";

const incident = (body?: unknown): Entries[string] => ({
  of: "company",
  make: async (world) => ({ params: { id: await world.newIncident() }, body }),
});

/** An open incident of two alerts, by a merge. */
async function mergedIncident({ owner, newIncident }: World): Promise<{ id: string; alert_id: string }> {
  const [id, other] = [await newIncident(), await newIncident()];
  await owner.api(`/api/incidents/${id}/merge`, { method: "POST", json: { incident_ids: [other] } });
  const { alerts } = await (await owner.api(`/api/incidents/${id}`)).json<{ alerts: { id: string }[] }>();
  return { id, alert_id: alerts[0]?.id ?? "" };
}

/** Incidents, alerts, figures, and what belongs to the service. */
export const core: Entries = {
  "GET /healthz": { of: "public" },
  "GET /api/openapi.json": { of: "public" },
  "GET /api/me": caller(),
  "GET /api/alerts": companyQuery(),
  "GET /api/alerts/{id}": { of: "company", make: (world) => ({ params: { id: world.alert_id } }) },
  "GET /api/incidents": companyQuery(),
  "GET /api/incidents/{id}": { of: "company", make: (world) => ({ params: { id: world.incident_id } }) },
  "GET /api/incidents/{id}/timeline": {
    of: "company",
    make: (world) => ({ params: { id: world.incident_id } }),
  },
  "POST /api/incidents/{id}/acknowledge": incident(),
  "POST /api/incidents/{id}/note": incident({ text: "looked at it" }),
  "POST /api/incidents/{id}/resolve": incident({ notes: "gone" }),
  "POST /api/incidents/{id}/reopen": {
    of: "company",
    async make(world) {
      const id = await world.newIncident();
      await world.owner.api(`/api/incidents/${id}/resolve`, { method: "POST", json: { notes: "" } });
      return { params: { id } };
    },
  },
  "POST /api/incidents/{id}/severity": incident({ severity: "low" }),
  "POST /api/incidents/{id}/merge": {
    of: "company",
    make: async (world) => ({
      params: { id: await world.newIncident() },
      body: { incident_ids: [await world.newIncident()] },
    }),
  },
  "POST /api/incidents/{id}/split": {
    of: "company",
    make: async (world) => {
      const { id, alert_id } = await mergedIncident(world);
      return { params: { id }, body: { alert_ids: [alert_id], title: null } };
    },
  },
  "POST /api/incidents/{id}/undo": {
    of: "company",
    make: async (world) => ({ params: { id: (await mergedIncident(world)).id } }),
  },
  "POST /api/incidents/{id}/feedback": incident({ good: true }),
  "POST /api/incidents/correlate": {
    of: "company",
    make: async (world) => ({ body: { company_id: world.a } }),
  },
  "GET /api/kpis": companyQuery(),
};
