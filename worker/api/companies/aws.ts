import type { Actor } from "../../../core/actor.ts";
import { type AwsAccessView, awsAccessInput, awsAccessView } from "../../../core/aws-access.ts";
import { ok, type Result } from "../../../core/errors.ts";
import { etagOf } from "../../../core/etag.ts";
import { companyStub } from "../../company-stub.ts";
import { loadCompany } from "../../db/companies.ts";
import type { Env } from "../../env.ts";
import { newExternalId, open, seal } from "../../secrets.ts";
import { idParams, type Route, route } from "../route.ts";

const path = "/api/companies/{id}/aws";

/** The access as it is now, its entity tag with it; the external id for those alone who may change it. */
async function shown(
  env: Env,
  actor: Actor,
  companyId: string,
  setHeader: (name: string, value: string) => void,
): Promise<Result<AwsAccessView>> {
  const found = await companyStub(env, companyId).awsAccess(actor);
  if (!found.ok) return found;
  const { aws, sealed_external_id: sealed } = found.value;
  setHeader("etag", etagOf(aws));
  return ok({ ...aws, external_id: sealed && (await open(env, actor.msp_id, sealed)) });
}

const read = route({
  method: "GET",
  path,
  summary: "A company's account and role in AWS; the external id only for those who may change them",
  access: "company.read",
  params: idParams,
  success: { status: 200, description: "the access", schema: awsAccessView },
  async handler({ env, session: { actor }, params, setHeader }) {
    const row = await loadCompany(env, actor, params.id);
    return row.ok ? shown(env, actor, row.value.id, setHeader) : row;
  },
});

const write = route({
  method: "PUT",
  path,
  summary: "Set a company's account, role and regions in AWS; the first time, an external id is made for it",
  access: "company.automation",
  audit: ["company.settings_changed"],
  params: idParams,
  body: awsAccessInput,
  success: { status: 200, description: "the access as saved", schema: awsAccessView },
  errors: ["precondition_failed"],
  async handler({ env, request, session: { actor }, params, body, setHeader }) {
    const row = await loadCompany(env, actor, params.id);
    if (!row.ok) return row;
    const etag = request.headers.get("if-match");
    const saved = await companyStub(env, row.value.id).update(actor, {
      aws: body,
      sealed_external_id: await seal(env, actor.msp_id, newExternalId()),
      ...(etag !== null && { if_match: { group: "aws", etag } }),
    });
    return saved.ok ? shown(env, actor, row.value.id, setHeader) : saved;
  },
});

export const routes: Route[] = [read, write];
