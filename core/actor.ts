/** Who acts. Every RPC of an object takes one and checks MSP and company itself. */
export const ROLES = ["msp_admin", "technician", "company_admin", "client"] as const;
export type Role = (typeof ROLES)[number];

/** From where somebody acts, for the audit log. */
export interface Via {
  ip: string | null;
  session_id?: string;
  /** A personal access token instead of a session. */
  token_id?: string;
}

export interface Actor {
  user_id: string;
  name: string;
  msp_id: string;
  role: Role;
  /** Companies the actor may see; "all" means every company of the MSP. */
  companies: "all" | string[];
  via?: Via;
}

export function maySeeCompany(actor: Actor, mspId: string, companyId: string): boolean {
  if (actor.msp_id !== mspId) return false;
  return actor.companies === "all" || actor.companies.includes(companyId);
}
