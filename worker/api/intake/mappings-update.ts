import { type MappingView, mappingInput, mappingPatch, mappingView } from "../../../core/mapping/mapping.ts";
import { notFound } from "../../company-stub.ts";
import { invalid } from "../errors.ts";
import { route as define } from "../route.ts";
import { intakeOf, itemParams, orNotFound, theOne } from "./of-company.ts";

export const route = define({
  method: "PATCH",
  path: "/api/companies/{id}/mappings/{item_id}",
  summary: "Change a mapping, or its place in the order; parts that are left out stay",
  access: "intake.set_up",
  audit: ["mapping.changed"],
  params: itemParams,
  body: mappingPatch,
  success: { status: 200, description: "the mapping as it is now", schema: mappingView },
  async handler({ env, session: { actor }, params: { id, item_id }, body }) {
    const company = intakeOf(env, id);
    const list = await orNotFound(company?.mappings(actor));
    if (!list.ok) return list;
    const before = list.value.find((mapping) => mapping.id === item_id);
    if (!before) return notFound();
    const { position, ...parts } = body;
    const given = Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined));
    const whole = mappingInput.safeParse({ ...before, ...given });
    if (!whole.success) return invalid(whole.error);
    const input = Object.keys(given).length > 0 ? whole.data : null;
    const change = { type: "change" as const, id: item_id, input, position: position ?? null };
    return theOne<MappingView>(company?.changeMappings(actor, change), item_id);
  },
});
