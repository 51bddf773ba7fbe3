import * as z from "zod";
import { replayResult } from "../../../core/dead-letter.ts";
import { route as define } from "../route.ts";
import { intakeOf, itemParams, orNotFound } from "./of-company.ts";
import { understand } from "./understand.ts";

export const replayWay = {
  tool: z.string().max(40).optional().describe("the adapter; left out: as it was sent"),
  mapping: z.string().max(60).optional().describe("id or short name of a mapping, in place of an adapter"),
};

export const route = define({
  method: "POST",
  path: "/api/companies/{id}/dead-letters/{item_id}/replay",
  summary: "Read a kept delivery again and take its alerts in, once",
  access: "intake.replay",
  audit: ["dead_letter.replayed"],
  params: itemParams,
  body: z.object(replayWay),
  success: { status: 200, description: "what became of each alert", schema: replayResult },
  async handler({ env, session: { actor }, params: { id, item_id }, body }) {
    const company = intakeOf(env, id);
    const letter = await orNotFound(company?.letter(actor, item_id));
    if (!letter.ok) return letter;
    const mappings = await orNotFound(company?.mappings(actor));
    if (!mappings.ok) return mappings;
    const understood = await understand(letter.value, body, mappings.value);
    if (!understood.ok) return understood;
    return orNotFound(company?.replayLetter(actor, item_id, understood.value));
  },
});
