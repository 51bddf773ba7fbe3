import * as z from "zod";
import { hoursSchema } from "./working-hours.ts";

/** What may be run on a company's servers without asking, when, and how often. */
export const automationSchema = z.object({
  auto_approve: z
    .boolean()
    .default(false)
    .describe("low-risk runbooks that allow it themselves run without anybody's approval"),
  execution_windows: hoursSchema.default("24x7").describe("when they may"),
  attempts_per_asset_per_day: z
    .number()
    .int()
    .min(1)
    .max(100)
    .default(3)
    .describe("past that many a technician is asked instead"),
});
export type AutomationSettings = z.infer<typeof automationSchema>;
export const DEFAULT_AUTOMATION: AutomationSettings = {
  auto_approve: false,
  execution_windows: "24x7",
  attempts_per_asset_per_day: 3,
};
