import type { Role } from "../../core/actor.ts";

export const ROLE_WORD: Record<Role, string> = {
  msp_admin: "MSP administrator",
  technician: "Technician",
  company_admin: "Company administrator",
  client: "Client",
};

/** One line on what a role is for, beside the choice of it. */
export const ROLE_NOTE: Record<Role, string> = {
  msp_admin: "Everything, in every company.",
  technician: "Works on incidents and assets of their companies.",
  company_admin: "Manages their company’s settings and people.",
  client: "Looks at their company’s portal; changes nothing.",
};
