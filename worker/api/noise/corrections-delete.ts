import { route as define } from "../route.ts";
import { correctionParams, done, policyOf } from "./of-company.ts";

export const route = define({
  method: "DELETE",
  path: "/api/companies/{id}/corrections/{correction_id}",
  summary: "Forget a correction; alerts that came stay as they are",
  access: "noise.silence",
  audit: ["correction.deleted"],
  params: correctionParams,
  success: { status: 204, description: "forgotten" },
  async handler({ env, session: { actor }, params: { id, correction_id } }) {
    const change = { type: "delete_correction" as const, id: correction_id };
    return done(policyOf(env, id)?.changeSilences(actor, change));
  },
});
