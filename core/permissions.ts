import type { Actor, Role } from "./actor.ts";
import { fail, notFound, ok, type Result } from "./errors.ts";

/**
 * Who may do what: the one table. The API, the objects, the sockets, the pages and the help read it.
 * `scope` says over what: oneself, companies the person is scoped to, or the whole MSP.
 */
interface Permission {
  /** Completes "May ...", for the help page. */
  text: string;
  scope: "own" | "company" | "msp";
  roles: readonly Role[];
  /** What a personal access token needs to do it; null: a signed-in browser alone. */
  token: TokenScope | null;
  /** Open to a session that must still enrol its second factor. */
  enrolling?: true;
}

export const TOKEN_SCOPES = {
  read: "read companies, assets, alerts, incidents and figures",
  "incidents:write": "work on incidents",
  "companies:write": "change companies, their assets and settings",
  "people:write": "invite and manage people",
  "audit:read": "read the audit log",
} as const;
export type TokenScope = keyof typeof TOKEN_SCOPES;

const ALL = ["msp_admin", "technician", "company_admin", "client"] as const;
const STAFF = ["msp_admin", "technician", "company_admin"] as const;
const MANAGERS = ["msp_admin", "company_admin"] as const;
const MSP = ["msp_admin"] as const;
const PORTAL = ["company_admin", "client"] as const;

const table = {
  "own.read": { text: "see their own account", scope: "own", roles: ALL, token: "read", enrolling: true },
  "own.sign_out": { text: "sign out", scope: "own", roles: ALL, token: null, enrolling: true },
  "own.verify_email": {
    text: "confirm their e-mail address",
    scope: "own",
    roles: ALL,
    token: null,
    enrolling: true,
  },
  "own.profile": {
    text: "change their name, time zone and contact methods",
    scope: "own",
    roles: ALL,
    token: null,
  },
  "own.second_factor": {
    text: "set up and remove their second factor and passkeys",
    scope: "own",
    roles: ALL,
    token: null,
    enrolling: true,
  },
  "own.password": { text: "change their password", scope: "own", roles: ALL, token: null, enrolling: true },
  "own.sessions": {
    text: "see and end their sessions",
    scope: "own",
    roles: ALL,
    token: null,
    enrolling: true,
  },
  "own.tokens": { text: "make personal access tokens", scope: "own", roles: STAFF, token: null },

  "msp.read": { text: "see the MSP's settings", scope: "msp", roles: MSP, token: "read" },
  "msp.settings": { text: "change the MSP's settings", scope: "msp", roles: MSP, token: null },
  "people.read": { text: "see colleagues", scope: "company", roles: STAFF, token: "read" },
  "people.manage": {
    text: "invite people, set their role and companies, and remove them",
    scope: "company",
    roles: MANAGERS,
    token: "people:write",
  },
  "audit.read": { text: "read the audit log", scope: "company", roles: MANAGERS, token: "audit:read" },
  "audit.verify": { text: "verify the audit log's chain", scope: "msp", roles: MSP, token: "audit:read" },

  "company.list": { text: "list companies", scope: "company", roles: STAFF, token: "read" },
  "company.create": { text: "add companies", scope: "msp", roles: MSP, token: "companies:write" },
  "company.read": { text: "see a company's set-up", scope: "company", roles: STAFF, token: "read" },
  "company.settings": {
    text: "change a company's settings",
    scope: "company",
    roles: MANAGERS,
    token: "companies:write",
  },
  "company.keys": {
    text: "rotate a company's API keys and signing secret",
    scope: "company",
    roles: MANAGERS,
    token: null,
  },
  "company.automation": {
    text: "set what may run on a company's servers by itself, and its access to AWS",
    scope: "company",
    roles: MANAGERS,
    token: "companies:write",
  },
  "company.test_alert": {
    text: "send a test alert",
    scope: "company",
    roles: STAFF,
    token: "companies:write",
  },
  "company.export": { text: "export a company's data", scope: "company", roles: MANAGERS, token: null },
  "brand.read": {
    text: "see a company's name, logo and colour",
    scope: "company",
    roles: ALL,
    token: "read",
  },
  "company.delete": { text: "delete a company", scope: "msp", roles: MSP, token: null },
  "assets.read": { text: "see assets", scope: "company", roles: STAFF, token: "read" },
  "assets.write": { text: "change assets", scope: "company", roles: STAFF, token: "companies:write" },

  "alerts.read": { text: "see alerts", scope: "company", roles: STAFF, token: "read" },
  "incidents.read": { text: "see incidents", scope: "company", roles: STAFF, token: "read" },
  "incidents.work": {
    text: "acknowledge, resolve and reopen incidents",
    scope: "company",
    roles: STAFF,
    token: "incidents:write",
  },
  "noise.read": {
    text: "see rules, silences and maintenance windows",
    scope: "company",
    roles: STAFF,
    token: "read",
  },
  "noise.silence": {
    text: "silence alerts, and correct how they are classified",
    scope: "company",
    roles: STAFF,
    token: "incidents:write",
  },
  "noise.rules": {
    text: "change rules and maintenance windows",
    scope: "company",
    roles: MANAGERS,
    token: "companies:write",
  },
  "intake.read": {
    text: "see mappings, heartbeats and deliveries that were not understood",
    scope: "company",
    roles: STAFF,
    token: "read",
  },
  "intake.replay": {
    text: "send deliveries that were not understood again, or delete them",
    scope: "company",
    roles: STAFF,
    token: "companies:write",
  },
  "intake.set_up": {
    text: "change mappings and heartbeats",
    scope: "company",
    roles: MANAGERS,
    token: "companies:write",
  },
  "kpis.read": { text: "see figures", scope: "company", roles: STAFF, token: "read" },
  "live.read": { text: "watch the live stream of the console", scope: "company", roles: STAFF, token: null },
  "portal.read": { text: "see the company's portal", scope: "company", roles: PORTAL, token: null },
} as const satisfies Record<string, Permission>;

export type Action = keyof typeof table;
export const PERMISSIONS: Readonly<Record<Action, Permission>> = table;
export const ACTIONS = Object.keys(table) as Action[];

/** Whether the role alone allows it, whatever the company; what pages show or hide by. */
export function roleMay(role: Role, action: Action): boolean {
  return PERMISSIONS[action].roles.includes(role);
}

export const forbidden = () => fail("forbidden", "Your role may not do this.");

/**
 * May this actor do it, here? What lies outside the actor's MSP and companies does not exist for them;
 * what they know of but have no right to is forbidden. `where` is left out for one's own and the MSP's.
 */
export function may(
  actor: Actor,
  action: Action,
  where?: { msp_id: string; company_id: string },
): Result<null> {
  if (where) {
    if (actor.msp_id !== where.msp_id) return notFound();
    if (actor.companies !== "all" && !actor.companies.includes(where.company_id)) return notFound();
  }
  return roleMay(actor.role, action) ? ok(null) : forbidden();
}
