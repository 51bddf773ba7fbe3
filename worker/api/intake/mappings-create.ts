import { type MappingView, mappingInput, mappingView } from "../../../core/mapping/mapping.ts";
import { newId } from "../../new-id.ts";
import { route as define, idParams } from "../route.ts";
import { intakeOf, theOne } from "./of-company.ts";

export const route = define({
  method: "POST",
  path: "/api/companies/{id}/mappings",
  summary: "Say how bodies of one's own shape become alerts",
  access: "intake.set_up",
  audit: ["mapping.created"],
  params: idParams,
  body: mappingInput,
  success: { status: 201, description: "the mapping, the last in order", schema: mappingView },
  errors: ["conflict"],
  async handler({ env, session: { actor }, params, body }) {
    const id = newId("mp");
    const change = { type: "create" as const, id, input: body };
    return theOne<MappingView>(intakeOf(env, params.id)?.changeMappings(actor, change), id);
  },
});
