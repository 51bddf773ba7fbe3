import { route as define } from "../route.ts";
import { done, policyOf, silenceParams } from "./of-company.ts";

export const route = define({
  method: "DELETE",
  path: "/api/companies/{id}/silences/{silence_id}",
  summary: "End a silence now; what still fires gets its incident",
  access: "noise.silence",
  audit: ["silence.ended"],
  params: silenceParams,
  success: { status: 204, description: "ended, or it was over already" },
  async handler({ env, session: { actor }, params: { id, silence_id } }) {
    return done(policyOf(env, id)?.changeSilences(actor, { type: "end_silence", id: silence_id }));
  },
});
