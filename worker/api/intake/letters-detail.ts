import { deadLetterDetail } from "../../../core/dead-letter.ts";
import { route as define } from "../route.ts";
import { intakeOf, itemParams, orNotFound } from "./of-company.ts";

export const route = define({
  method: "GET",
  path: "/api/companies/{id}/dead-letters/{item_id}",
  summary: "One delivery that could not be understood, with its body",
  access: "intake.read",
  params: itemParams,
  success: { status: 200, description: "the letter", schema: deadLetterDetail },
  async handler({ env, session: { actor }, params: { id, item_id } }) {
    return orNotFound(intakeOf(env, id)?.letter(actor, item_id));
  },
});
