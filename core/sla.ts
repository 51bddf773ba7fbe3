import * as z from "zod";
import type { Severity } from "./severity.ts";
import { hoursSchema } from "./working-hours.ts";

/** Fractions too, so that a whole escalation can be watched in seconds; at most a year. */
const minutes = z.number().min(0.01, "longer than nothing").max(525_600, "at most a year, 525600 minutes");

export const targetSchema = z
  .object({
    response_minutes: minutes.describe("until somebody acknowledges it or takes it"),
    resolution_minutes: minutes.describe("until it is resolved"),
  })
  .refine((target) => target.resolution_minutes >= target.response_minutes, {
    path: ["resolution_minutes"],
    message: "not before the response",
  });
export type SlaTarget = z.infer<typeof targetSchema>;

export const DEFAULT_TARGETS: Record<Severity, SlaTarget> = {
  critical: { response_minutes: 30, resolution_minutes: 240 },
  high: { response_minutes: 120, resolution_minutes: 480 },
  medium: { response_minutes: 480, resolution_minutes: 1440 },
  low: { response_minutes: 1440, resolution_minutes: 2880 },
};

export const warnPercentSchema = z
  .array(z.number().min(1, "from 1 to 99").max(99, "from 1 to 99"))
  .max(5, "at most 5 warnings")
  .refine((list) => new Set(list).size === list.length, "name each once");

/** How soon a company's incidents are to be responded to and resolved, and in which hours the clock runs. */
export const slaSchema = z.object({
  hours: hoursSchema.default("24x7").describe("when the clock runs"),
  targets: z
    .object({
      critical: targetSchema.default(DEFAULT_TARGETS.critical),
      high: targetSchema.default(DEFAULT_TARGETS.high),
      medium: targetSchema.default(DEFAULT_TARGETS.medium),
      low: targetSchema.default(DEFAULT_TARGETS.low),
    })
    .default(DEFAULT_TARGETS),
  warn_percent: warnPercentSchema
    .default([80])
    .describe("parts of a target after which it is warned of, in percent"),
});
export type SlaSettings = z.infer<typeof slaSchema>;
export const DEFAULT_SLA: SlaSettings = { hours: "24x7", targets: DEFAULT_TARGETS, warn_percent: [80] };
