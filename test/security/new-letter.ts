import { env } from "cloudflare:workers";
import { companyStub } from "../../worker/company-stub.ts";
import { verifyKey } from "../../worker/keys.ts";
import type { World } from "./world.ts";

/** A dead letter of company `a` that a mapping could read; straight into its object, so that no count follows. */
export async function newLetter({ owner, a }: World): Promise<string> {
  const body = JSON.stringify({ what: `unreadable-${crypto.randomUUID()}` });
  await companyStub(env, a).keepLetter({
    key_hash: verifyKey(env, owner.company.api_key)?.key_hash ?? "",
    tool: "custom",
    source_ip: "198.51.100.7",
    reason: "validation_failed",
    detail: "No mapping of this company is for this body.",
    fields: { mapping: "none fits" },
    content_type: "application/json",
    user_agent: "walls",
    size: body.length,
    body,
    truncated: false,
    refused_items: null,
    uncounted: 0,
  });
  const page = await owner.api(`/api/companies/${a}/dead-letters`);
  const { items } = await page.json<{ items: { id: string }[] }>();
  return items[0]?.id ?? "";
}
