import * as z from "zod";
import { STRATEGIES } from "./incident.ts";

/** Minutes may be fractions, so that a whole life of an incident can be watched in seconds. */
const minutes = (low: number, high: number) => z.number().min(low).max(high);

export const correlationSettingsSchema = z.object({
  strategy: z.enum(STRATEGIES).exclude(["smart"]).default("asset|signature"),
  window_minutes: minutes(0.01, 1440).default(15),
  min_alerts: z.number().int().min(1).max(1).default(1),
  auto_correlate: z.literal(true).default(true),
  resolve_delay_minutes: minutes(0, 1440).default(3),
  reopen_minutes: minutes(0, 1440).default(30),
});
export type CorrelationSettings = z.infer<typeof correlationSettingsSchema>;
export const DEFAULT_CORRELATION: CorrelationSettings = {
  strategy: "asset|signature",
  window_minutes: 15,
  min_alerts: 1,
  auto_correlate: true,
  resolve_delay_minutes: 3,
  reopen_minutes: 30,
};

export const rateLimitSchema = z.object({
  requests_per_minute: z.number().int().min(1).max(1_000_000).default(60),
  burst: z.number().int().min(1).max(1_000_000).default(100),
});
export type RateLimit = z.infer<typeof rateLimitSchema>;
export const DEFAULT_RATE_LIMIT: RateLimit = { requests_per_minute: 60, burst: 100 };

/** Native routes of tools that cannot sign; a signature that is present is always checked. */
export const UNSIGNED_TOOLS = ["alertmanager"] as const;

export const securitySchema = z.object({
  hmac_required: z.boolean().default(true),
  ip_allowlist: z.array(z.string().max(64)).max(200).default([]),
  unsigned_tools: z
    .array(z.string().max(40))
    .max(40)
    .default([...UNSIGNED_TOOLS]),
});
export type SecuritySettings = z.infer<typeof securitySchema>;
export const DEFAULT_SECURITY: SecuritySettings = {
  hmac_required: true,
  ip_allowlist: [],
  unsigned_tools: [...UNSIGNED_TOOLS],
};
