import * as z from "zod";
import { RULES_MAX, ruleInput } from "../policy/rule.ts";
import { correlationSettingsSchema } from "../settings.ts";

export const RANGE_MAX_DAYS = 92;

/** What to try, and on which of the company's alerts, by the time they were received. */
export const previewInput = z.object({
  company_id: z.string(),
  settings: correlationSettingsSchema.describe("as they would be"),
  rules: z
    .array(ruleInput)
    .max(RULES_MAX)
    .optional()
    .describe("the company's own, in their order, as they would be; left out: as they are"),
  from: z.iso.datetime({ offset: true }),
  to: z.iso.datetime({ offset: true }),
});
export type PreviewInput = z.output<typeof previewInput>;
