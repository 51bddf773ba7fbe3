import { SELF } from "cloudflare:test";
import { API } from "../support/addresses.ts";
import type { World } from "./world.ts";

/** A dead letter of company `a`, that a generic adapter would refuse and a mapping could read. */
export async function newLetter({ owner, a }: World): Promise<string> {
  const mark = `unreadable-${crypto.randomUUID()}`;
  await SELF.fetch(`${API}/api/webhooks/custom?api_key=${owner.company.api_key}`, {
    method: "POST",
    body: JSON.stringify({ what: mark }),
  });
  const page = await owner.api(`/api/companies/${a}/dead-letters`);
  const { items } = await page.json<{ items: { id: string }[] }>();
  return items[0]?.id ?? "";
}
