import { company, type Entries, type Entry } from "../entry.ts";
import type { World } from "../world.ts";

async function newAsset({ owner, a }: World): Promise<Record<string, string>> {
  const made = await owner.api(`/api/companies/${a}/assets`, {
    method: "POST",
    json: { name: `asset-${crypto.randomUUID()}`, type: "server" },
  });
  return { id: a, asset_id: (await made.json<{ id: string }>()).id };
}

const asset = (body?: unknown): Entry => ({
  of: "company",
  make: async (world) => ({ params: await newAsset(world), body }),
});

/** What a company has to be watched. */
export const assets: Entries = {
  "GET /api/companies/{id}/assets": company(),
  "POST /api/companies/{id}/assets": {
    of: "company",
    make: ({ a }) => ({ params: { id: a }, body: { name: `asset-${crypto.randomUUID()}`, type: "server" } }),
  },
  "GET /api/companies/{id}/assets/{asset_id}": asset(),
  "PATCH /api/companies/{id}/assets/{asset_id}": asset({ critical: true }),
  "DELETE /api/companies/{id}/assets/{asset_id}": asset(),
  "GET /api/companies/{id}/assets/{asset_id}/alerts": asset(),
  "GET /api/companies/{id}/assets/{asset_id}/incidents": asset(),
  "POST /api/companies/{id}/assets/import": {
    of: "company",
    make: ({ a }) => ({
      params: { id: a },
      body: { csv: `name,type\nasset-${crypto.randomUUID()},server\n`, dry_run: false },
    }),
  },
};
