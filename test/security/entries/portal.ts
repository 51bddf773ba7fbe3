import { companyQuery, type Entries } from "../entry.ts";

/** What a company's clients see of it. */
export const portal: Entries = {
  "GET /api/portal": companyQuery(),
  "GET /api/portal/incidents": companyQuery(),
  "GET /api/portal/incidents/{id}": {
    of: "company",
    make: (world) => ({ params: { id: world.incident_id } }),
  },
};
