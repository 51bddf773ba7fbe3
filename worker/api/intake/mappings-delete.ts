import { route as define } from "../route.ts";
import { done, intakeOf, itemParams } from "./of-company.ts";

export const route = define({
  method: "DELETE",
  path: "/api/companies/{id}/mappings/{item_id}",
  summary: "Delete a mapping; what it would have understood goes to the dead letters",
  access: "intake.set_up",
  audit: ["mapping.deleted"],
  params: itemParams,
  success: { status: 204, description: "gone" },
  async handler({ env, session: { actor }, params: { id, item_id } }) {
    return done(intakeOf(env, id)?.changeMappings(actor, { type: "delete", id: item_id }));
  },
});
