import * as z from "zod";
import type { Result } from "../../../core/errors.ts";
import { ok } from "../../../core/errors.ts";
import { isCompanyId } from "../../../core/ids.ts";
import type { CompanyRpc } from "../../../durable-objects/rpc.ts";
import { companyStub, notFound } from "../../company-stub.ts";
import type { Env } from "../../env.ts";

/** The object that keeps a company's noise policy, which checks MSP and company itself; null for what is no id. */
export function policyOf(env: Env, companyId: string): CompanyRpc | null {
  return isCompanyId(companyId) ? companyStub(env, companyId) : null;
}

export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next_cursor: z.null() });

/** The object's list as one page. */
export async function asPage<T>(list: Promise<Result<T[]>> | undefined) {
  const found = (await list) ?? notFound();
  return found.ok ? ok({ items: found.value, next_cursor: null }) : found;
}

/** The one of a changed list that was meant. */
export async function theOne<T extends { id: string }>(
  list: Promise<Result<{ id: string }[]>> | undefined,
  id: string,
): Promise<Result<T>> {
  const found = (await list) ?? notFound();
  if (!found.ok) return found;
  const one = found.value.find((item) => item.id === id) as T | undefined;
  return one ? ok(one) : notFound();
}

/** For what is gone afterwards. */
export async function done(change: Promise<Result<unknown>> | undefined): Promise<Result<null>> {
  const made = (await change) ?? notFound();
  return made.ok ? ok(null) : made;
}

export const ruleParams = z.object({ id: z.string(), rule_id: z.string() });
export const silenceParams = z.object({ id: z.string(), silence_id: z.string() });
export const windowParams = z.object({ id: z.string(), window_id: z.string() });
export const correctionParams = z.object({ id: z.string(), correction_id: z.string() });
