import type { AuditPage } from "../../../core/audit-log.ts";
import { caller, companyQuery, type Entries } from "../entry.ts";

/** The audit log. */
export const audit: Entries = {
  "GET /api/audit": companyQuery(),
  "GET /api/audit/verify": caller(),
  "GET /api/audit/{id}": {
    of: "company",
    async make({ owner, a }) {
      const page = await (await owner.api(`/api/audit?company_id=${a}`)).json<AuditPage>();
      return { params: { id: page.items[0]?.id ?? "" } };
    },
  },
};
