/** Who acts. Every RPC of an object takes one and checks MSP and company itself. */
export const ROLES = ["msp_admin", "technician", "company_admin", "client"] as const;
export type Role = (typeof ROLES)[number];

export interface Actor {
  user_id: string;
  name: string;
  msp_id: string;
  role: Role;
  /** Companies the actor may see; "all" means every company of the MSP. */
  companies: "all" | string[];
}

export function maySeeCompany(actor: Actor, mspId: string, companyId: string): boolean {
  if (actor.msp_id !== mspId) return false;
  return actor.companies === "all" || actor.companies.includes(companyId);
}
