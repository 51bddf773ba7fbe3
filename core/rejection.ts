import * as z from "zod";

/** Refused deliveries a company keeps to look at. */
export const REJECTIONS_KEPT = 50;

/** A delivery that was refused, as whoever sets up a tool needs to see it. */
export const rejectionSchema = z.object({
  at: z.iso.datetime(),
  reason: z.string().describe("the error code the sender was answered"),
  tool: z.string().describe("which webhook it was sent to"),
  detail: z.string().describe("what was wrong, with more than the sender is told"),
  clock_skew_seconds: z
    .number()
    .int()
    .optional()
    .describe("how far the sender's clock is ahead; negative: behind"),
  source_ip: z.string().nullable(),
  count: z.number().int().describe("how often it came just so in that second, at least"),
});
export type Rejection = z.infer<typeof rejectionSchema>;

export const companyIntakeSchema = z.object({
  first_alert_at: z.iso.datetime().nullable(),
  last_alert_at: z.iso.datetime().nullable(),
  alerts_24h: z.number().int(),
  last_rejection_at: z.iso.datetime().nullable(),
});
export type CompanyIntake = z.infer<typeof companyIntakeSchema>;
