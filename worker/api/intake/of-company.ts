import * as z from "zod";
import type { Result } from "../../../core/errors.ts";
import { notFound } from "../../company-stub.ts";

export { asPage, done, pageOf, policyOf as intakeOf, theOne } from "../noise/of-company.ts";

/** `{id}` of the company and `{item_id}` of what is in it. */
export const itemParams = z.object({ id: z.string(), item_id: z.string() });

/** For what is no company's id. */
export async function orNotFound<T>(answer: Promise<Result<T>> | undefined): Promise<Result<T>> {
  return (await answer) ?? notFound();
}
