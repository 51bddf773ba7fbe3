import * as z from "zod";
import { deadLetterSchema, LETTER_STATUS, letterGroupSchema } from "../../../core/dead-letter.ts";
import { route as define, idParams } from "../route.ts";
import { intakeOf, orNotFound } from "./of-company.ts";

export const route = define({
  method: "GET",
  path: "/api/companies/{id}/dead-letters",
  summary: "Deliveries that were authenticated but could not be understood, newest first",
  access: "intake.read",
  params: idParams,
  query: z.object({
    status: z.enum(LETTER_STATUS).optional(),
    tool: z.string().max(40).optional(),
    reason: z.string().max(40).optional().describe("the error code that the sender was answered"),
    group: z.string().max(200).optional(),
    cursor: z.string().max(40).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  success: {
    status: 200,
    description: "a page, and how often each reason came, kept or not",
    schema: z.object({
      items: z.array(deadLetterSchema),
      groups: z.array(letterGroupSchema),
      next_cursor: z.string().nullable(),
      left: z.number().int().describe("how many more there are behind this page"),
    }),
  },
  async handler({ env, session: { actor }, params, query }) {
    return orNotFound(intakeOf(env, params.id)?.letters(actor, query));
  },
});
