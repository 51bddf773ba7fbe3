import * as z from "zod";
import { ok } from "../../../core/errors.ts";
import { webhookUrl } from "../../company-figures.ts";
import { companyStub } from "../../company-stub.ts";
import { loadCompany } from "../../db/companies.ts";
import { issueKey } from "../../keys.ts";
import { route as define, idParams } from "../route.ts";

/** Older keys go on until they are revoked, so that tools can be moved over one by one. */
export const route = define({
  method: "POST",
  path: "/api/companies/{id}/api-keys",
  summary: "Issue another key; it is shown this once",
  access: "company.keys",
  params: idParams,
  success: {
    status: 201,
    description: "the new key",
    schema: z.object({ id: z.string(), api_key: z.string(), webhook_url: z.string() }),
  },
  async handler({ env, session: { actor }, params, origin }) {
    const row = await loadCompany(env, actor, params.id);
    if (!row.ok) return row;
    const { key, key_id, key_hash } = await issueKey(env, row.value.id);
    const state = await companyStub(env, row.value.id).update(actor, { add_key: { key_id, key_hash } });
    return state.ok ? ok({ id: key_id, api_key: key, webhook_url: webhookUrl(origin, key) }) : state;
  },
});
