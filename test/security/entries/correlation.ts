import type { Job } from "../../../core/job.ts";
import { eventually } from "../../support/eventually.ts";
import { taughtProposal } from "../../support/proposal.ts";
import { company, type Entries, type Entry } from "../entry.ts";
import type { World } from "../world.ts";

const asked = (company_id: string) => ({
  company_id,
  settings: { strategy: "asset" },
  from: "2026-01-01T00:00:00Z",
  to: "2026-01-08T00:00:00Z",
});

/** A what-if of `a` that is done. */
async function whatIf({ owner, a }: World): Promise<string> {
  const begun = await owner.api("/api/correlation/preview", { method: "POST", json: asked(a) });
  const { id } = await begun.json<Job>();
  await eventually(async () => {
    const { status } = await (await owner.api(`/api/jobs/${id}`)).json<Job>();
    if (status !== "done") throw new Error(`the what-if is ${status}`);
  });
  return id;
}

const withWhatIf: Entry = {
  of: "company",
  make: async (world) => ({ params: { id: await whatIf(world) } }),
};

const withProposal: Entry = {
  of: "company",
  make: async ({ a }) => ({ params: { id: a, proposal_id: await taughtProposal(a) } }),
};

/** What-ifs, and what a company's incidents teach. */
export const correlation: Entries = {
  "POST /api/correlation/preview": { of: "company", make: ({ a }) => ({ body: asked(a) }) },
  "GET /api/companies/{id}/correlation/proposals": company(),
  "POST /api/companies/{id}/correlation/proposals/{proposal_id}/accept": withProposal,
  "POST /api/companies/{id}/correlation/proposals/{proposal_id}/dismiss": withProposal,
  "GET /api/jobs/{id}": withWhatIf,
  "GET /api/jobs/{id}/result": withWhatIf,
  "POST /api/jobs/{id}/cancel": withWhatIf,
};
