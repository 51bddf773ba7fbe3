import * as z from "zod";
import { ok } from "../../../core/errors.ts";
import { companyStub } from "../../company-stub.ts";
import { loadCompany } from "../../db/companies.ts";
import { route as define } from "../route.ts";

export const route = define({
  method: "DELETE",
  path: "/api/companies/{id}/api-keys/{key_id}",
  summary: "Revoke a key; deliveries with it are refused from now on",
  access: "company.keys",
  audit: ["company.key_revoked"],
  params: z.object({ id: z.string(), key_id: z.string() }),
  success: { status: 204, description: "revoked" },
  async handler({ env, session: { actor }, params }) {
    const row = await loadCompany(env, actor, params.id);
    if (!row.ok) return row;
    const state = await companyStub(env, row.value.id).update(actor, { revoke_key: params.key_id });
    return state.ok ? ok(null) : state;
  },
});
