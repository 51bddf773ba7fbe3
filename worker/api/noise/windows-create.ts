import { type WindowView, windowInput, windowView } from "../../../core/policy/maintenance.ts";
import { newId } from "../../new-id.ts";
import { route as define, idParams } from "../route.ts";
import { policyOf, theOne } from "./of-company.ts";

export const route = define({
  method: "POST",
  path: "/api/companies/{id}/maintenance-windows",
  summary: "Plan a maintenance window, once or by an RRULE, as clocks in its zone show it",
  access: "noise.rules",
  audit: ["maintenance.created"],
  params: idParams,
  body: windowInput,
  success: { status: 201, description: "the window", schema: windowView },
  errors: ["conflict"],
  async handler({ env, session: { actor }, params, body }) {
    const id = newId("mw");
    const change = { type: "create_window" as const, id, input: body };
    return theOne<WindowView>(policyOf(env, params.id)?.changeRules(actor, change), id);
  },
});
