import { type SilenceView, silenceInput, silenceView } from "../../../core/policy/silence.ts";
import { newId } from "../../new-id.ts";
import { route as define, idParams } from "../route.ts";
import { policyOf, theOne } from "./of-company.ts";

export const route = define({
  method: "POST",
  path: "/api/companies/{id}/silences",
  summary: "Hold new alerts back for a while; they are kept and marked, recoveries pass",
  access: "noise.silence",
  audit: ["silence.created"],
  params: idParams,
  body: silenceInput,
  success: { status: 201, description: "the silence", schema: silenceView },
  errors: ["conflict"],
  async handler({ env, session: { actor }, params, body }) {
    const id = newId("si");
    const change = {
      type: "create_silence" as const,
      id,
      when: body.when,
      comment: body.comment,
      starts_at: body.starts_at === undefined ? null : Date.parse(body.starts_at),
      ends_at: Date.parse(body.ends_at),
      from: body.from ?? null,
    };
    return theOne<SilenceView>(policyOf(env, params.id)?.changeSilences(actor, change), id);
  },
});
