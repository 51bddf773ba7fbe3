import { and, eq, sql } from "drizzle-orm";
import type { Actor } from "../../../core/actor.ts";
import { fail, ok, type Result } from "../../../core/errors.ts";
import {
  changePersonSchema,
  employerOf,
  managesPerson,
  personSchema,
  placeProblem,
  seesPerson,
} from "../../../core/people.ts";
import { forbidden } from "../../../core/permissions.ts";
import { rescope, revokeTokens } from "../../auth/rescope.ts";
import { closeSessions, endSessions } from "../../auth/revoke.ts";
import { notFound } from "../../company-stub.ts";
import { database } from "../../db/database.ts";
import { guard, isGuardFailure } from "../../db/guard.ts";
import { userCompanies, users } from "../../db/schema.ts";
import type { Env } from "../../env.ts";
import { companyNames } from "../invitations/item.ts";
import { route as define, idParams } from "../route.ts";
import { employerOfActor, type FoundPerson, findPerson, personItem, placedOf } from "./placed.ts";

/** The person if the actor may change them: unknown is 404, known without the right 403. */
async function loadManaged(env: Env, actor: Actor, id: string): Promise<Result<FoundPerson>> {
  const found = await findPerson(env, actor.msp_id, id);
  if (!found) return notFound();
  const placed = placedOf(found);
  if (!seesPerson(actor, await employerOfActor(env, actor), placed)) return notFound();
  if (id === actor.user_id)
    return fail("forbidden", "Nobody changes their own role, companies or access. Ask another admin.");
  return managesPerson(actor, placed) ? ok(found) : forbidden();
}

/** For the batch: an admin who is active now is left besides this one. */
const anotherAdmin = (env: Env, mspId: string, id: string) =>
  guard(
    env,
    sql`EXISTS (SELECT 1 FROM users o WHERE o.msp_id = ${mspId} AND o.role = 'msp_admin'
      AND o.disabled_at IS NULL AND o.id <> ${id})`,
  );

export const route = define({
  method: "PATCH",
  path: "/api/people/{id}",
  summary: "Change a colleague's role or companies, or shut them out and let them in again",
  access: "people.manage",
  audit: ["user.role_changed", "user.companies_changed", "user.disabled", "user.enabled"],
  params: idParams,
  body: changePersonSchema,
  success: { status: 200, description: "the person as they are now", schema: personSchema },
  errors: ["conflict"],
  async handler({ env, session: { actor }, params, body, now, audit }) {
    const found = await loadManaged(env, actor, params.id);
    if (!found.ok) return found;
    const { user } = found.value;
    const before = placedOf(found.value);
    const role = body.role ?? before.role;
    const wanted = body.company_ids ?? (role === "msp_admin" ? [] : before.company_ids);
    const company_ids = [...new Set(wanted)].sort();
    const disabled = body.disabled ?? user.disabled_at !== null;

    const roleChanged = role !== before.role;
    const scopeChanged = JSON.stringify(company_ids) !== JSON.stringify([...before.company_ids].sort());
    const accessChanged = disabled !== (user.disabled_at !== null);
    if (roleChanged || scopeChanged) {
      const known = await companyNames(env, actor.msp_id, company_ids);
      const problem =
        placeProblem(actor, { role, company_ids }) ??
        (known.size < company_ids.length
          ? { company_ids: "names a company that is not one of yours" }
          : null);
      if (problem) return fail("validation_failed", "They cannot be placed like this.", { fields: problem });
    }
    if (!roleChanged && !scopeChanged && !accessChanged) return ok(personItem(actor, found.value));

    // Whoever stays within the companies keeps their employer; whoever becomes a company's gets one.
    const employer =
      role === "msp_admin" ? null : (before.employer_company_id ?? employerOf(actor, { role, company_ids }));
    const db = database(env);
    const target = { type: "user", id: user.id, name: user.name };
    const note = (action: string, was: unknown, is: unknown) =>
      audit({ action, company_id: employer, target, before: was, after: is });
    const scope = company_ids.map((company_id) => [user.id, company_id, user.msp_id]);
    try {
      const [, ended] = await db.batch([
        // Whatever of it is to go, an active admin must be left.
        before.role === "msp_admin" && (roleChanged || disabled)
          ? anotherAdmin(env, user.msp_id, user.id)
          : guard(env, sql`1`),
        disabled && accessChanged
          ? endSessions(env, { user_id: user.id, msp_id: user.msp_id }, now)
          : db.select({ id: users.id }).from(users).where(sql`0`),
        ...(disabled && accessChanged ? [revokeTokens(env, user.id, now)] : []),
        db
          .update(users)
          .set({
            role,
            employer_company_id: employer,
            disabled_at: disabled ? (user.disabled_at ?? now) : null,
          })
          .where(and(eq(users.id, user.id), eq(users.msp_id, user.msp_id))),
        ...(scopeChanged || roleChanged
          ? [
              db.delete(userCompanies).where(eq(userCompanies.user_id, user.id)),
              db
                .insert(userCompanies)
                .select(
                  sql`SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(${JSON.stringify(scope)})`,
                ),
            ]
          : []),
        ...(roleChanged ? [note("user.role_changed", { role: before.role }, { role })] : []),
        ...(scopeChanged
          ? [note("user.companies_changed", { company_ids: before.company_ids }, { company_ids })]
          : []),
        ...(accessChanged
          ? [note(disabled ? "user.disabled" : "user.enabled", { disabled: !disabled }, { disabled })]
          : []),
      ]);
      if (ended.length > 0) await closeSessions(env, user.msp_id, ended);
    } catch (error) {
      if (isGuardFailure(error))
        return fail("conflict", "They are the last active MSP admin. Make somebody else one first.");
      throw error;
    }
    await rescope(env, user, before.company_ids);
    const after = await findPerson(env, actor.msp_id, user.id);
    return after ? ok(personItem(actor, after)) : notFound();
  },
});
