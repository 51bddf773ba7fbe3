import { caller, company, type Entries } from "../entry.ts";

const correlation = { strategy: "asset" };

/** Companies and their settings. */
export const companies: Entries = {
  "GET /api/companies": caller(),
  "POST /api/companies": caller({ name: "Fabrikam" }),
  "GET /api/companies/{id}": company(),
  "PATCH /api/companies/{id}": {
    of: "company",
    make: (world) => ({ params: { id: world.a }, body: { critical_assets: [crypto.randomUUID()] } }),
  },
  "GET /api/companies/{id}/correlation": company(),
  "PUT /api/companies/{id}/correlation": company(correlation),
  "GET /api/companies/{id}/rate-limit": company(),
  "PUT /api/companies/{id}/rate-limit": company({ requests_per_minute: 500, burst: 1000 }),
  "GET /api/companies/{id}/security": company(),
  "PUT /api/companies/{id}/security": company({ hmac_required: true, ip_allowlist: [] }),
  "POST /api/companies/{id}/api-keys": company(),
  "DELETE /api/companies/{id}/api-keys/{key_id}": {
    of: "company",
    async make({ owner, a }) {
      const made = await owner.api(`/api/companies/${a}/api-keys`, { method: "POST", json: {} });
      return { params: { id: a, key_id: (await made.json<{ id: string }>()).id } };
    },
  },
  "POST /api/companies/{id}/hmac": company(),
  "POST /api/companies/{id}/test-alert": company(),
};
