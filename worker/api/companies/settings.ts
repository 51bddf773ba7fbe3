import type * as z from "zod";
import { automationSchema } from "../../../core/automation.ts";
import { ok, type Result } from "../../../core/errors.ts";
import { etagOf } from "../../../core/etag.ts";
import { notificationPolicySchema } from "../../../core/notification-policy.ts";
import type { Action } from "../../../core/permissions.ts";
import {
  correlationSettingsSchema,
  rateLimitSchema,
  retentionSchema,
  securitySchema,
} from "../../../core/settings.ts";
import { slaSchema } from "../../../core/sla.ts";
import type { CompanyPatch, CompanyState } from "../../../durable-objects/rpc.ts";
import { companyStub } from "../../company-stub.ts";
import { loadCompany } from "../../db/companies.ts";
import type { Env } from "../../env.ts";
import { withinOperatorLimit } from "../../rate-limit-max.ts";
import { idParams, type Route, route } from "../route.ts";

type Group = "correlation" | "rate_limit" | "security" | "retention" | "sla" | "automation" | "notifications";

interface Setting<T> {
  group: Group;
  path: string;
  name: string;
  schema: z.ZodType<T>;
  read(state: CompanyState): T;
  patch(value: T): CompanyPatch;
  check?(value: T, env: Env): Result<null>;
  /** What a change needs; left out: the right to change settings. */
  needs?: Action;
}

/** GET and PUT of one group of settings, which the company's object keeps; the ETag guards against lost changes. */
function setting<T>(of: Setting<T>): Route[] {
  const path = `/api/companies/{id}/${of.path}`;
  const read = route({
    method: "GET",
    path,
    summary: `A company's ${of.name}; the ETag goes into If-Match of a change`,
    access: "company.read",
    params: idParams,
    success: { status: 200, description: of.name, schema: of.schema },
    async handler({ env, session: { actor }, params, setHeader }) {
      const row = await loadCompany(env, actor, params.id);
      if (!row.ok) return row;
      const state = await companyStub(env, row.value.id).state(actor);
      if (!state.ok) return state;
      setHeader("etag", etagOf(state.value[of.group]));
      return ok(of.read(state.value));
    },
  });
  const write = route({
    method: "PUT",
    path,
    summary: `Set a company's ${of.name}; with If-Match only where nobody changed them meanwhile`,
    access: of.needs ?? "company.settings",
    audit: ["company.settings_changed"],
    params: idParams,
    body: of.schema,
    success: { status: 200, description: `${of.name} as saved`, schema: of.schema },
    errors: ["precondition_failed"],
    async handler({ env, request, session: { actor }, params, body, setHeader }) {
      const row = await loadCompany(env, actor, params.id);
      if (!row.ok) return row;
      const fine = of.check?.(body, env) ?? ok(null);
      if (!fine.ok) return fine;
      const etag = request.headers.get("if-match");
      const guard = etag === null ? {} : { if_match: { group: of.group, etag } };
      const state = await companyStub(env, row.value.id).update(actor, { ...of.patch(body), ...guard });
      if (!state.ok) return state;
      setHeader("etag", etagOf(state.value[of.group]));
      return ok(of.read(state.value));
    },
  });
  return [read, write];
}

export const routes: Route[] = [
  ...setting({
    group: "correlation",
    path: "correlation",
    name: "correlation settings",
    schema: correlationSettingsSchema,
    read: (state) => state.correlation,
    patch: (correlation) => ({ correlation }),
  }),
  ...setting({
    group: "rate_limit",
    path: "rate-limit",
    name: "rate limit",
    schema: rateLimitSchema,
    read: (state) => state.rate_limit,
    patch: (rate_limit) => ({ rate_limit }),
    check: (value, env) => withinOperatorLimit(value, env),
  }),
  ...setting({
    group: "security",
    path: "security",
    name: "intake security",
    schema: securitySchema,
    read: (state) => state.security,
    patch: (security) => ({ security }),
  }),
  ...setting({
    group: "retention",
    path: "retention",
    name: "retention",
    schema: retentionSchema,
    read: (state) => state.retention,
    patch: (retention) => ({ retention }),
  }),
  ...setting({
    group: "sla",
    path: "sla",
    name: "SLA policy",
    schema: slaSchema,
    read: (state) => state.sla,
    patch: (sla) => ({ sla }),
  }),
  ...setting({
    group: "automation",
    path: "automation",
    name: "automation policy",
    schema: automationSchema,
    read: (state) => state.automation,
    patch: (automation) => ({ automation }),
    needs: "company.automation",
  }),
  ...setting({
    group: "notifications",
    path: "notifications",
    name: "notification policy",
    schema: notificationPolicySchema,
    read: (state) => state.notifications,
    patch: (notifications) => ({ notifications }),
  }),
];
