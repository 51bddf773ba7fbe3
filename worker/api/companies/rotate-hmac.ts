import * as z from "zod";
import { ok } from "../../../core/errors.ts";
import { companyStub } from "../../company-stub.ts";
import { loadCompany } from "../../db/companies.ts";
import { newHmacSecret, seal } from "../../secrets.ts";
import { route as define, idParams } from "../route.ts";

export const route = define({
  method: "POST",
  path: "/api/companies/{id}/hmac",
  summary: "Make a new signing secret; the one before is valid for a day more",
  access: "company.keys",
  audit: ["company.secret_rotated"],
  params: idParams,
  success: {
    status: 201,
    description: "the new secret, shown this once",
    schema: z.object({ hmac_secret: z.string() }),
  },
  async handler({ env, session: { actor }, params }) {
    const row = await loadCompany(env, actor, params.id);
    if (!row.ok) return row;
    const secret = newHmacSecret();
    const sealed = await seal(env, actor.msp_id, secret);
    const state = await companyStub(env, row.value.id).update(actor, { sealed_secret: sealed });
    return state.ok ? ok({ hmac_secret: secret }) : state;
  },
});
