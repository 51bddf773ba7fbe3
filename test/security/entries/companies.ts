import { eventually } from "../../support/eventually.ts";
import { png } from "../../support/png.ts";
import { caller, company, type Entries, type Entry } from "../entry.ts";

let last = 30;
/** Another each time, so that each call changes something. */
const newNumber = () => ++last;

const withLogo: Entry = {
  of: "company",
  async make({ owner, a }) {
    await owner.api(`/api/companies/${a}/branding/logo`, { method: "PUT", body: png(newNumber()) });
    return { params: { id: a } };
  },
};

/** An export of `a` that is done. */
const withExport: Entry = {
  of: "company",
  async make({ owner, a }) {
    const { id } = await (await owner.api(`/api/companies/${a}/exports`, { method: "POST", json: {} })).json<{
      id: string;
    }>();
    await eventually(async () => {
      const job = await (await owner.api(`/api/jobs/${id}`)).json<{ status: string }>();
      if (job.status !== "done") throw new Error(`the export is ${job.status}`);
    });
    return { params: { id } };
  },
};

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
  "GET /api/companies/{id}/sla": company(),
  "PUT /api/companies/{id}/sla": company({ warn_percent: [75] }),
  "GET /api/companies/{id}/automation": company(),
  "PUT /api/companies/{id}/automation": company({ attempts_per_asset_per_day: 2 }),
  "GET /api/companies/{id}/notifications": company(),
  "PUT /api/companies/{id}/notifications": company({ max_messages: 5 }),
  "GET /api/companies/{id}/aws": company(),
  "PUT /api/companies/{id}/aws": company({ account_id: "305118264907", regions: ["eu-north-1"] }),
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
  "POST /api/companies/{id}/exports": {
    of: "company",
    async make({ owner, a }) {
      // While one is under way, another is not begun.
      await eventually(async () => {
        const list = await owner.api(`/api/companies/${a}/jobs`);
        const { items } = await list.json<{ items: { status: string }[] }>();
        if (items.some(({ status }) => status !== "done")) throw new Error("an export is under way");
      });
      return { params: { id: a } };
    },
  },
  "GET /api/companies/{id}/jobs": company(),
  "GET /api/jobs/{id}/file": withExport,
  "DELETE /api/companies/{id}": {
    of: "company",
    async make({ owner }) {
      const { company: made } = await owner.createCompany("To be deleted");
      return { params: { id: made.id }, body: { confirm_name: made.name } };
    },
  },
  "GET /api/companies/{id}/intake": company(),
  "GET /api/companies/{id}/integrations": company(),
  "GET /api/companies/{id}/integrations/{tool}": {
    of: "company",
    make: ({ a }) => ({ params: { id: a, tool: "grafana" } }),
  },
  "GET /api/companies/{id}/rejections": company(),
  "GET /api/companies/{id}/sns-topics": company(),
  "PATCH /api/companies/{id}/sns-topics": {
    of: "company",
    make: ({ a }) => ({
      params: { id: a },
      body: { arn: `arn:aws:sns:eu-central-1:418203957716:t${newNumber()}`, allowed: true },
    }),
  },
  "GET /api/companies/{id}/retention": company(),
  "PUT /api/companies/{id}/retention": {
    of: "company",
    make: ({ a }) => ({ params: { id: a }, body: { alerts_days: newNumber(), incidents_days: 400 } }),
  },
  "GET /api/companies/{id}/branding": company(),
  "PUT /api/companies/{id}/branding": {
    of: "company",
    make: ({ a }) => ({ params: { id: a }, body: { color: "#0a5f38", name: crypto.randomUUID() } }),
  },
  "GET /api/companies/{id}/branding/logo": withLogo,
  "PUT /api/companies/{id}/branding/logo": {
    of: "company",
    make: ({ a }) => ({ params: { id: a }, raw: png(newNumber()) }),
  },
  "DELETE /api/companies/{id}/branding/logo": withLogo,
};
