import * as z from "zod";
import { isCompanyId } from "../../../core/ids.ts";
import type { CompanyRpc } from "../../../durable-objects/rpc.ts";
import { companyStub } from "../../company-stub.ts";
import type { Env } from "../../env.ts";

/** The object that keeps a company's assets, which checks MSP and company itself; null for what is no id. */
export function assetsOf(env: Env, companyId: string): CompanyRpc | null {
  return isCompanyId(companyId) ? companyStub(env, companyId) : null;
}

export const assetParams = z.object({ id: z.string(), asset_id: z.string() });
