import * as z from "zod";
import { emailSchema, signupSchema } from "./account.ts";
import { type Actor, ROLES, type Role } from "./actor.ts";

const companyIds = z.array(z.string().max(64)).max(1000, "at most 1000 companies");

export const inviteSchema = z.object({
  email: emailSchema,
  role: z.enum(ROLES),
  company_ids: companyIds.default([]).describe("what they will see; none for an msp_admin, who sees all"),
});

export const tokenSchema = z.object({ token: z.string().trim().min(1, "the token is missing").max(200) });

export const acceptSchema = tokenSchema.extend({
  name: signupSchema.shape.name,
  password: signupSchema.shape.password,
});

export const invitationSchema = z.object({
  id: z.string(),
  email: z.string(),
  role: z.enum(ROLES),
  company_ids: z.array(z.string()),
  status: z.enum(["open", "accepted", "revoked", "expired"]),
  invited_by: z.object({ id: z.string(), name: z.string() }),
  created_at: z.iso.datetime(),
  sent_at: z.iso.datetime().describe("the newest mail"),
  expires_at: z.iso.datetime(),
});
export type Invitation = z.infer<typeof invitationSchema>;

/** What somebody sees who holds the mailed link. */
export const invitationLookSchema = z.object({
  email: z.string(),
  role: z.enum(ROLES),
  msp_name: z.string(),
  company_names: z.array(z.string()),
});

export const personSchema = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  email_verified: z.boolean(),
  role: z.enum(ROLES),
  company_ids: z.array(z.string()).describe("of those that the caller sees; an msp_admin sees all companies"),
  employer_company_id: z.string().nullable().describe("null: the MSP"),
  disabled: z.boolean(),
  totp_enabled: z.boolean(),
  last_seen_at: z.iso.datetime().nullable(),
  created_at: z.iso.datetime(),
  may_manage: z.boolean().describe("whether the caller may change them"),
});
export type Person = z.infer<typeof personSchema>;

export const changePersonSchema = z.object({
  role: z.enum(ROLES).optional(),
  company_ids: companyIds.optional(),
  disabled: z.boolean().optional(),
});

/** What decides who may look after whom. */
export interface Placed {
  id: string;
  role: Role;
  company_ids: string[];
  employer_company_id: string | null;
}

const sees = (actor: Actor, companyId: string) =>
  actor.companies === "all" || actor.companies.includes(companyId);
const within = (actor: Actor, ids: string[]) => ids.every((id) => sees(actor, id));

/**
 * Whether a person exists for the actor: oneself, those whom a company of the actor employs, those who see
 * nothing beyond the actor's companies, and for the MSP's own staff their colleagues. `actorEmployer` null: the MSP.
 */
export function seesPerson(actor: Actor, actorEmployer: string | null, person: Placed): boolean {
  if (actor.role === "msp_admin" || person.id === actor.user_id) return true;
  if (person.employer_company_id !== null && sees(actor, person.employer_company_id)) return true;
  if (person.company_ids.length > 0 && person.role !== "msp_admin" && within(actor, person.company_ids))
    return true;
  return actor.role === "technician" && actorEmployer === null && person.employer_company_id === null;
}

/** A company admin manages whom the company employs and nobody else's business reaches; never the MSP's. */
export function managesPerson(actor: Actor, person: Placed): boolean {
  if (person.id === actor.user_id) return false;
  if (actor.role === "msp_admin") return true;
  return (
    actor.role === "company_admin" &&
    person.role !== "msp_admin" &&
    person.employer_company_id !== null &&
    sees(actor, person.employer_company_id) &&
    within(actor, person.company_ids)
  );
}

/** What is wrong with giving this role over these companies, by field; null where nothing is. */
export function placeProblem(
  actor: Actor,
  place: { role: Role; company_ids: string[] },
): Record<string, string> | null {
  const { role, company_ids } = place;
  if (role === "msp_admin") {
    if (actor.role !== "msp_admin") return { role: "only an MSP admin makes MSP admins" };
    return company_ids.length > 0 ? { company_ids: "an MSP admin sees every company: name none" } : null;
  }
  if (!within(actor, company_ids)) return { company_ids: "names a company that is not one of yours" };
  if (company_ids.length === 0 && (role !== "technician" || actor.role !== "msp_admin"))
    return { company_ids: "choose at least one company" };
  return null;
}

/** Company admins and clients are their company's, as are technicians whom a company admin brings in. */
export function employerOf(actor: Actor, place: { role: Role; company_ids: string[] }): string | null {
  if (place.role === "msp_admin") return null;
  if (place.role === "technician" && actor.role === "msp_admin") return null;
  return place.company_ids[0] ?? null;
}
