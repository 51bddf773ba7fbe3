import type { Role } from "../../core/actor.ts";
import { PERMISSIONS, type TokenScope } from "../../core/permissions.ts";
import type { Route } from "../../worker/api/route.ts";
import { routes } from "../../worker/api/routes.ts";
import type { Entry } from "./entry.ts";
import { endSession, type World } from "./world.ts";

/** Somebody who calls a route, and what is known of them beforehand. */
export interface Caller {
  name: string;
  credentials: Record<string, string>;
  /** null: nobody that the service knows. */
  role: Role | null;
  msp: "owner" | "stranger";
  /** Whether company `a` exists for them. */
  sees: boolean;
  token?: readonly TokenScope[];
  /** Asked where admins must have a second factor, and has none. */
  enrolling?: true;
}

export type Expected = { status: 401 | 403 | 404 | 422; error: string };

const LOWER = ["technician", "company_admin", "client"] as const;

/** Everybody the suite sends against every route. */
export async function everyCaller(world: World): Promise<Caller[]> {
  const cookie = (value: string) => ({ cookie: value });
  const nobody = (name: string, credentials: Record<string, string>): Caller => ({
    name,
    credentials,
    role: null,
    msp: "owner",
    sees: false,
  });
  const expired = await world.person("msp_admin");
  await endSession(expired, "expired");
  const revoked = await world.person("msp_admin");
  await endSession(revoked, "revoked");
  const disabled = await world.person("msp_admin");
  await world.disable(disabled);
  const [head, , signature] = (await world.person("msp_admin")).cookie.split(".");
  const forged = `${head}.${btoa(JSON.stringify({ sid: "se_0000000000000000" }))}.${signature}`;
  const callers: Caller[] = [
    nobody("no session", {}),
    nobody("a forged session", cookie(forged)),
    nobody("a session past its end", cookie(expired.cookie)),
    nobody("a revoked session", cookie(revoked.cookie)),
    nobody("a session of somebody removed", cookie(disabled.cookie)),
    nobody("a made-up token", { authorization: `Bearer awp_${"0".repeat(43)}` }),
    {
      name: "another MSP's admin",
      credentials: cookie(world.stranger.cookie),
      role: "msp_admin",
      msp: "stranger",
      sees: false,
    },
    {
      name: "an admin who must enrol",
      credentials: cookie((await world.person("msp_admin")).cookie),
      role: "msp_admin",
      msp: "owner",
      sees: true,
      enrolling: true,
    },
  ];
  for (const role of LOWER) {
    const scopes: [string, string[], boolean][] = [
      ["of the company", [world.a], true],
      ["of another company", [world.b], false],
      ["of no company", [], false],
    ];
    for (const [where, companies, sees] of scopes) {
      const who = await world.person(role, companies);
      callers.push({ name: `a ${role} ${where}`, credentials: cookie(who.cookie), role, msp: "owner", sees });
    }
  }
  if (!routes.some((route) => route.path === "/api/me/tokens")) return callers;
  for (const scopes of [
    ["read"],
    ["incidents:write", "companies:write"],
    ["audit:read", "people:write"],
  ] as const)
    callers.push({
      name: `a token for ${scopes.join(" and ")}`,
      credentials: { authorization: `Bearer ${await world.token(world.owner.cookie, scopes)}` },
      role: "msp_admin",
      msp: "owner",
      sees: true,
      token: scopes,
    });
  callers.push({
    name: "another MSP's token",
    credentials: {
      authorization: `Bearer ${await world.token(world.stranger.cookie, ["read", "companies:write", "people:write", "audit:read", "incidents:write"])}`,
    },
    role: "msp_admin",
    msp: "stranger",
    sees: false,
    token: ["read", "companies:write", "people:write", "audit:read", "incidents:write"],
  });
  return callers;
}

/** What the table of permissions says they must be answered; null: they may. */
export function expected(route: Route, entry: Entry, caller: Caller): Expected | null {
  if (route.access === "public") return null;
  if (caller.role === null) return { status: 401, error: "unauthenticated" };
  const { roles, token, enrolling } = PERMISSIONS[route.access];
  if (caller.token && (token === null || !caller.token.includes(token)))
    return { status: 403, error: "forbidden" };
  if (caller.enrolling && !enrolling) return { status: 403, error: "totp_enrolment_required" };
  if (!(roles as readonly Role[]).includes(caller.role)) return { status: 403, error: "forbidden" };
  const missing: Expected = entry.outside ?? { status: 404, error: "not_found" };
  if (entry.of === "self") return missing;
  if (entry.of === "company" && !caller.sees) return missing;
  if (entry.of === "msp" && caller.msp !== "owner") return missing;
  return null;
}
