import * as z from "zod";
import { route as define, idParams } from "../route.ts";
import { done, intakeOf, itemParams } from "./of-company.ts";

const one = define({
  method: "DELETE",
  path: "/api/companies/{id}/dead-letters/{item_id}",
  summary: "Delete a delivery that could not be understood",
  access: "intake.replay",
  audit: ["dead_letter.deleted"],
  params: itemParams,
  success: { status: 204, description: "gone" },
  async handler({ env, session: { actor }, params: { id, item_id } }) {
    return done(intakeOf(env, id)?.changeLetters(actor, { type: "delete", id: item_id }));
  },
});

const group = define({
  method: "DELETE",
  path: "/api/companies/{id}/dead-letters",
  summary: "Delete all deliveries of one tool that were refused for one reason",
  access: "intake.replay",
  audit: ["dead_letter.deleted"],
  params: idParams,
  query: z.object({ group: z.string().max(200) }),
  success: { status: 204, description: "gone" },
  async handler({ env, session: { actor }, params: { id }, query }) {
    return done(intakeOf(env, id)?.changeLetters(actor, { type: "delete_group", group: query.group }));
  },
});

export const routes = [one, group];
