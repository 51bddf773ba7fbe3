import { type SilenceView, silencePatch, silenceView } from "../../../core/policy/silence.ts";
import { route as define } from "../route.ts";
import { policyOf, silenceParams, theOne } from "./of-company.ts";

export const route = define({
  method: "PATCH",
  path: "/api/companies/{id}/silences/{silence_id}",
  summary: "Extend or shorten a silence, or change its comment",
  access: "noise.silence",
  audit: ["silence.changed"],
  params: silenceParams,
  body: silencePatch,
  success: { status: 200, description: "the silence as it is now", schema: silenceView },
  errors: ["conflict"],
  async handler({ env, session: { actor }, params: { id, silence_id }, body }) {
    const change = {
      type: "change_silence" as const,
      id: silence_id,
      ...(body.comment !== undefined && { comment: body.comment }),
      ...(body.ends_at !== undefined && { ends_at: Date.parse(body.ends_at) }),
    };
    return theOne<SilenceView>(policyOf(env, id)?.changeSilences(actor, change), silence_id);
  },
});
