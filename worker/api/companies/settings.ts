import type * as z from "zod";
import { fail, ok, type Result } from "../../../core/errors.ts";
import { parseCidr } from "../../../core/ip.ts";
import {
  correlationSettingsSchema,
  type RateLimit,
  rateLimitSchema,
  type SecuritySettings,
  securitySchema,
} from "../../../core/settings.ts";
import type { CompanyPatch, CompanyState } from "../../../durable-objects/rpc.ts";
import { companyStub } from "../../company-stub.ts";
import { loadCompany } from "../../db/companies.ts";
import type { Env } from "../../env.ts";
import { idParams, type Route, route } from "../route.ts";

interface Setting<T> {
  path: string;
  name: string;
  schema: z.ZodType<T>;
  read(state: CompanyState): T;
  patch(value: T): CompanyPatch;
  check?(value: T, env: Env): Result<null>;
}

/** GET and PUT of one group of settings, which the company's object keeps. */
function setting<T>(of: Setting<T>): Route[] {
  const path = `/api/companies/{id}/${of.path}`;
  const read = route({
    method: "GET",
    path,
    summary: `A company's ${of.name}`,
    access: "company.read",
    params: idParams,
    success: { status: 200, description: of.name, schema: of.schema },
    async handler({ env, session: { actor }, params }) {
      const row = await loadCompany(env, actor, params.id);
      if (!row.ok) return row;
      const state = await companyStub(env, row.value.id).state(actor);
      return state.ok ? ok(of.read(state.value)) : state;
    },
  });
  const write = route({
    method: "PUT",
    path,
    summary: `Set a company's ${of.name}`,
    access: "company.settings",
    params: idParams,
    body: of.schema,
    success: { status: 200, description: `${of.name} as saved`, schema: of.schema },
    async handler({ env, session: { actor }, params, body }) {
      const row = await loadCompany(env, actor, params.id);
      if (!row.ok) return row;
      const fine = of.check?.(body, env) ?? ok(null);
      if (!fine.ok) return fine;
      const state = await companyStub(env, row.value.id).update(actor, of.patch(body));
      return state.ok ? ok(of.read(state.value)) : state;
    },
  });
  return [read, write];
}

function withinOperatorLimit(value: RateLimit, env: Env): Result<null> {
  const max = Number(env.RATE_LIMIT_MAX);
  if (value.requests_per_minute <= max) return ok(null);
  return fail("validation_failed", `This service allows at most ${max} requests a minute.`, {
    fields: { requests_per_minute: `at most ${max}` },
  });
}

function knownAddresses(value: SecuritySettings): Result<null> {
  const fields: Record<string, string> = {};
  for (const [i, entry] of value.ip_allowlist.entries())
    if (!parseCidr(entry)) fields[`ip_allowlist.${i}`] = "not an IPv4 or IPv6 address or CIDR range";
  if (Object.keys(fields).length === 0) return ok(null);
  return fail("validation_failed", "Some entries of the allowlist are no addresses.", { fields });
}

export const routes: Route[] = [
  ...setting({
    path: "correlation",
    name: "correlation settings",
    schema: correlationSettingsSchema,
    read: (state) => state.correlation,
    patch: (correlation) => ({ correlation }),
  }),
  ...setting({
    path: "rate-limit",
    name: "rate limit",
    schema: rateLimitSchema,
    read: (state) => state.rate_limit,
    patch: (rate_limit) => ({ rate_limit }),
    check: withinOperatorLimit,
  }),
  ...setting({
    path: "security",
    name: "intake security",
    schema: securitySchema,
    read: (state) => state.security,
    patch: (security) => ({ security }),
    check: knownAddresses,
  }),
];
