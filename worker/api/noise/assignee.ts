import type { Role } from "../../../core/actor.ts";
import { fail, ok, type Result } from "../../../core/errors.ts";
import type { RuleActions } from "../../../core/policy/rule.ts";
import type { Env } from "../../env.ts";
import { companyIdsOf } from "../../msp-rules/store.ts";
import { findPerson, placedOf } from "../people/placed.ts";

const WORKS: ReadonlySet<Role> = new Set<Role>(["msp_admin", "technician"]);

/**
 * The rule with its assignee's name as it is now, where that is somebody who works on the incidents of all these
 * companies, or whom it named `before`. Who is of another MSP is not told apart from who is nobody.
 */
export async function withAssignee<T extends { actions?: RuleActions }>(
  env: Env,
  mspId: string,
  of: { company: string } | "all companies",
  rule: T,
  before?: string,
): Promise<Result<T>> {
  const assignee = rule.actions?.assignee;
  if (!assignee || assignee.id === before) return ok(rule);
  const found = await findPerson(env, mspId, assignee.id);
  const placed = found && placedOf(found);
  const companyIds = of === "all companies" ? await companyIdsOf(env, mspId) : [of.company];
  const sees = placed?.role === "msp_admin" || companyIds.every((id) => placed?.company_ids.includes(id));
  if (!found || found.user.disabled_at !== null || !WORKS.has(found.user.role) || !sees) {
    const text = of === "all companies" ? "does not see every company" : "is no technician of this company";
    return fail("validation_failed", "The assignee cannot be given these incidents.", {
      fields: { "actions.assignee": text },
    });
  }
  return ok({
    ...rule,
    actions: { ...rule.actions, assignee: { id: found.user.id, name: found.user.name } },
  });
}
