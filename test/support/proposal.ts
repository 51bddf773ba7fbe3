import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { proposalId } from "../../core/learning/propose.ts";
import type { CompanyCore } from "../../durable-objects/company-core.ts";

let made = 0;

/** A company whose people merged two problems twice, which it proposes as a rule; answers the proposal's id. */
export async function taughtProposal(companyId: string): Promise<string> {
  made += 1;
  const [a, b] = [`backup_failed ${made}`, `disk_full ${made}`];
  await runInDurableObject(env.COMPANY.get(env.COMPANY.idFromName(companyId)), (object) => {
    const { core } = object as unknown as { core: CompanyCore };
    const at = Date.now();
    const common = { asset: "nas-01", category: "Storage", tool: "test", incident: null, at };
    for (const signature of [a, b]) core.learning.book.note({ ...common, signature });
    for (let i = 0; i < 2; i++) core.learning.book.taught(a, b, "merged", at);
    core.checkpoint();
  });
  return proposalId({ a, b });
}
