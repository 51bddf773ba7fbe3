import { ok } from "../../../core/errors.ts";
import { type CorrectionView, correctionInput, correctionView } from "../../../core/policy/correction.ts";
import { notFound } from "../../company-stub.ts";
import { newId } from "../../new-id.ts";
import { route as define, idParams } from "../route.ts";
import { policyOf } from "./of-company.ts";

export const route = define({
  method: "POST",
  path: "/api/companies/{id}/corrections",
  summary: "Always treat a signature as of a category or severity; one before it is replaced",
  access: "noise.silence",
  audit: ["correction.set"],
  params: idParams,
  body: correctionInput,
  success: { status: 200, description: "the correction", schema: correctionView },
  errors: ["conflict"],
  async handler({ env, session: { actor }, params, body }) {
    const change = { type: "put_correction" as const, id: newId("cr"), input: body };
    const list = (await policyOf(env, params.id)?.changeSilences(actor, change)) ?? notFound();
    if (!list.ok) return list;
    const one = (list.value as CorrectionView[]).find(({ signature }) => signature === body.signature);
    return one ? ok(one) : notFound();
  },
});
