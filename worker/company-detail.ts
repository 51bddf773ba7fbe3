import type { CompanyDetail } from "../core/company.ts";
import type { CompanyState } from "../durable-objects/rpc.ts";
import { withFigures } from "./company-figures.ts";
import type { CompanyRow } from "./db/schema.ts";
import type { Env } from "./env.ts";

/** What the lists know of a company and what its object knows, in one; the object's word wins. */
export async function companyDetail(
  env: Env,
  row: CompanyRow,
  state: CompanyState,
  origin: string,
  now: number,
): Promise<CompanyDetail> {
  const [company] = await withFigures(env, [row], origin, now);
  return { ...company!, ...state };
}
