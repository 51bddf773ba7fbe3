import { company, type Entries, type Entry } from "../entry.ts";
import { newLetter } from "../new-letter.ts";
import type { World } from "../world.ts";

const mapping = () => ({ name: `m-${crypto.randomUUID()}`, fields: { signature: { from: ["$.what"] } } });
const heartbeat = () => ({ name: "Nightly job", asset_name: "db-01", interval_minutes: 60 });

const made = async ({ owner, a }: World, path: string, body: unknown): Promise<string> => {
  const answer = await owner.api(`/api/companies/${a}/${path}`, { method: "POST", json: body });
  return (await answer.json<{ id: string }>()).id;
};
/** Of twenty mappings and two hundred heartbeats a company may have, each call makes room for its own. */
const one = (path: string, make: () => unknown, body?: unknown): Entry => ({
  of: "company",
  make: async (world) => {
    const list = await world.owner.api(`/api/companies/${world.a}/${path}`);
    const { items } = await list.json<{ items: { id: string }[] }>();
    for (const { id } of items.slice(0, -5))
      await world.owner.api(`/api/companies/${world.a}/${path}/${id}`, { method: "DELETE" });
    return { params: { id: world.a, item_id: await made(world, path, make()) }, body };
  },
});
const letter = (body?: unknown): Entry => ({
  of: "company",
  make: async (world) => ({ params: { id: world.a, item_id: await newLetter(world) }, body }),
});
const GROUP = "custom|validation_failed|mapping";

/** Dead letters, mappings and heartbeats. */
export const intake: Entries = {
  "GET /api/companies/{id}/dead-letters": company(),
  "GET /api/companies/{id}/dead-letters/{item_id}": letter(),
  "POST /api/companies/{id}/dead-letters/{item_id}/replay": {
    of: "company",
    async make(world) {
      const item_id = await newLetter(world);
      const name = await made(world, "mappings", mapping());
      return { params: { id: world.a, item_id }, body: { mapping: name } };
    },
  },
  "POST /api/companies/{id}/dead-letters/replay": {
    of: "company",
    async make(world) {
      await newLetter(world);
      return {
        params: { id: world.a },
        body: { group: GROUP, mapping: await made(world, "mappings", mapping()) },
      };
    },
  },
  "DELETE /api/companies/{id}/dead-letters/{item_id}": letter(),
  "DELETE /api/companies/{id}/dead-letters": {
    of: "company",
    async make(world) {
      await newLetter(world);
      return { params: { id: world.a }, query: { group: GROUP } };
    },
  },
  "GET /api/companies/{id}/mappings": company(),
  "POST /api/companies/{id}/mappings": {
    of: "company",
    make: ({ a }) => ({ params: { id: a }, body: mapping() }),
  },
  "GET /api/companies/{id}/mappings/bodies": company(),
  "POST /api/companies/{id}/mappings/preview": company({ mapping: mapping(), body: { what: "x" } }),
  "POST /api/companies/{id}/integrations/{tool}/preview": {
    of: "company",
    make: ({ a }) => ({
      params: { id: a, tool: "alerts" },
      body: { body: { asset_name: "x", signature: "y" } },
    }),
  },
  "PATCH /api/companies/{id}/mappings/{item_id}": one("mappings", mapping, { enabled: false }),
  "DELETE /api/companies/{id}/mappings/{item_id}": one("mappings", mapping),
  "GET /api/companies/{id}/heartbeats": company(),
  "POST /api/companies/{id}/heartbeats": company(heartbeat()),
  "PATCH /api/companies/{id}/heartbeats/{item_id}": one("heartbeats", heartbeat, { name: "Another" }),
  "DELETE /api/companies/{id}/heartbeats/{item_id}": one("heartbeats", heartbeat),
};
