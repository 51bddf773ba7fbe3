import * as z from "zod";
import { ok } from "../../../core/errors.ts";
import { webhookUrl } from "../../company-figures.ts";
import { companyStub } from "../../company-stub.ts";
import { loadCompany } from "../../db/companies.ts";
import { issueKey } from "../../keys.ts";
import { route as define, idParams } from "../route.ts";

/** Older keys go on for the overlap, so that tools can be moved over one by one. */
export const route = define({
  method: "POST",
  path: "/api/companies/{id}/api-keys",
  summary: "Issue another key; it is shown this once, and the keys before end after the overlap",
  access: "company.keys",
  audit: ["company.key_issued"],
  params: idParams,
  body: z.object({
    overlap_hours: z
      .number()
      .min(0)
      .max(24 * 30)
      .default(24)
      .describe("how long the keys before go on; 0: not at all"),
  }),
  success: {
    status: 201,
    description: "the new key",
    schema: z.object({ id: z.string(), api_key: z.string(), webhook_url: z.string() }),
  },
  async handler({ env, session: { actor }, params, body, origin }) {
    const row = await loadCompany(env, actor, params.id);
    if (!row.ok) return row;
    const { key, key_id, key_hash } = await issueKey(env, row.value.id);
    const add_key = { key_id, key_hash, overlap_hours: body.overlap_hours };
    const state = await companyStub(env, row.value.id).update(actor, { add_key });
    return state.ok ? ok({ id: key_id, api_key: key, webhook_url: webhookUrl(origin, key) }) : state;
  },
});
