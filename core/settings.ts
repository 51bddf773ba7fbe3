import * as z from "zod";
import { parseHex } from "./contrast.ts";
import { STRATEGIES } from "./incident.ts";
import { parseCidr } from "./ip.ts";

/** Minutes may be fractions, so that a whole life of an incident can be watched in seconds. */
const minutes = (low: number, high: number) => z.number().min(low).max(high);

export const correlationSettingsSchema = z.object({
  strategy: z.enum(STRATEGIES).default("asset|signature"),
  window_minutes: minutes(0.01, 1440).default(15),
  min_alerts: z
    .number()
    .int()
    .min(1)
    .max(100)
    .default(1)
    .describe("deliveries of a key within the window that open an incident; critical ones never wait"),
  auto_correlate: z
    .boolean()
    .default(true)
    .describe("false: all but critical alerts wait to be grouped by hand"),
  resolve_delay_minutes: minutes(0, 1440).default(3),
  reopen_minutes: minutes(0, 1440).default(30),
  topology: z
    .boolean()
    .default(true)
    .describe("an alert joins the open incident of an asset that its own depends on"),
  storm_alerts_per_minute: z
    .number()
    .int()
    .min(10)
    .max(1_000_000)
    .default(100)
    .describe("fewer new alerts a minute than this are never a storm"),
});
export type CorrelationSettings = z.infer<typeof correlationSettingsSchema>;
export const DEFAULT_CORRELATION: CorrelationSettings = {
  strategy: "asset|signature",
  window_minutes: 15,
  min_alerts: 1,
  auto_correlate: true,
  resolve_delay_minutes: 3,
  reopen_minutes: 30,
  topology: true,
  storm_alerts_per_minute: 100,
};

export const rateLimitSchema = z.object({
  requests_per_minute: z.number().int().min(1).max(1_000_000).default(60),
  burst: z.number().int().min(1).max(1_000_000).default(100),
});
export type RateLimit = z.infer<typeof rateLimitSchema>;
export const DEFAULT_RATE_LIMIT: RateLimit = { requests_per_minute: 60, burst: 100 };

/** Native routes of tools that cannot sign; a signature that is present is always checked. */
export const UNSIGNED_TOOLS = [
  "alertmanager",
  "datadog",
  "zabbix",
  "cloudwatch",
  "eventbridge",
  "splunk",
  "nagios",
  "icinga2",
  "grafana",
  "newrelic",
  "dynatrace",
  "azure",
  "gcp",
  "sentry",
  "uptime-kuma",
  "prtg",
  "checkmk",
  "elastic",
  "pingdom",
  "site24x7",
  "custom",
] as const;

export const ipAllowlistSchema = z
  .array(
    z
      .string()
      .max(64)
      .refine((entry) => parseCidr(entry) !== null, "not an IPv4 or IPv6 address or CIDR range"),
  )
  .max(200, "at most 200 entries");

export const securitySchema = z.object({
  hmac_required: z.boolean().default(true),
  ip_allowlist: ipAllowlistSchema.default([]),
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

/** Days after which what is over is deleted; what is open stays, however old. */
export const retentionSchema = z.object({
  alerts_days: z.number().int().min(1).max(400).describe("of resolved and expired alerts, and hourly counts"),
  incidents_days: z.number().int().min(1).max(1200).describe("of resolved incidents and their timelines"),
});
export type Retention = z.infer<typeof retentionSchema>;
export const DEFAULT_RETENTION: Retention = { alerts_days: 90, incidents_days: 400 };

/** What a company may set of its brand itself; null: as the MSP has it. */
export const brandInputSchema = z.object({
  color: z
    .string()
    .trim()
    .toLowerCase()
    .refine((text) => parseHex(text) !== null, "write the colour as #rrggbb")
    .nullable()
    .default(null),
  name: z.string().trim().max(120, "use at most 120 characters").nullable().default(null),
});
export type BrandInput = z.infer<typeof brandInputSchema>;

const themeContrastSchema = z.object({
  ratio: z.number().describe("of the colour as text, 1 to 21"),
  fine: z.boolean().describe("at least 4.5"),
  shown: z.string().describe("the nearest colour that reads well, which pages use for text"),
});

export const brandingSchema = z.object({
  color: z.string().nullable(),
  name: z.string().nullable(),
  logo_url: z.string().nullable().describe("its own; changes with the image"),
  contrast: z.object({ light: themeContrastSchema, dark: themeContrastSchema }).nullable(),
  effective: z
    .object({ color: z.string().nullable(), name: z.string(), logo_url: z.string().nullable() })
    .describe("with the MSP's where the company has none of its own"),
});
export type Branding = z.infer<typeof brandingSchema>;
