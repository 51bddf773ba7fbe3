import { isCompanyId, parseMemberId } from "../core/ids.ts";
import type { CompanyRpc, HubRpc } from "../durable-objects/rpc.ts";
import type { Env } from "./env.ts";

/** The company's object. Asking one that was never initialised writes nothing. */
export function companyStub(env: Env, companyId: string): CompanyRpc {
  return env.COMPANY.get(env.COMPANY.idFromName(companyId)) as unknown as CompanyRpc;
}

export function hubStub(env: Env, mspId: string): HubRpc {
  return env.MSP_HUB.get(env.MSP_HUB.idFromName(mspId)) as unknown as HubRpc;
}

/** The very answer of the objects: whether a thing does not exist or belongs to somebody else stays hidden. */
export { notFound } from "../core/errors.ts";

/** The object that holds an incident or alert, read from the id alone; null for any other id. */
export function memberStub(env: Env, kind: "alert" | "incident", id: string): CompanyRpc | null {
  const member = parseMemberId(id);
  if (!member || member.kind !== kind || !isCompanyId(member.companyId)) return null;
  return companyStub(env, member.companyId);
}
