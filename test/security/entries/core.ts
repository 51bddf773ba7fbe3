import { caller, companyQuery, type Entries } from "../entry.ts";

const incident = (body?: unknown): Entries[string] => ({
  of: "company",
  make: async (world) => ({ params: { id: await world.newIncident() }, body }),
});

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
  "GET /api/kpis": companyQuery(),
};
