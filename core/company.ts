import * as z from "zod";
import { ROLES } from "./actor.ts";
import { CRITICAL_MAX } from "./asset.ts";
import { automationSchema } from "./automation.ts";
import { awsAccessShape } from "./aws-access.ts";
import { incidentSchema } from "./incident.ts";
import { notificationPolicySchema } from "./notification-policy.ts";
import { WINDOWS_MAX, windowInput } from "./policy/maintenance.ts";
import {
  brandInputSchema,
  correlationSettingsSchema,
  ipAllowlistSchema,
  rateLimitSchema,
  retentionSchema,
  securitySchema,
} from "./settings.ts";
import { slaSchema } from "./sla.ts";
import { timeZoneSchema } from "./time-zone.ts";

/** As many as assets can be marked one by one. */
const criticalAssetsSchema = z.array(z.string().trim().min(1).max(255)).max(CRITICAL_MAX);

/** All that the steps of the wizard gather, in one call. */
export const createCompanySchema = z.object({
  name: z.string().trim().min(1, "give the company a name").max(120),
  time_zone: timeZoneSchema.default("UTC"),
  hmac_required: z.boolean().optional(),
  ip_allowlist: ipAllowlistSchema.optional(),
  rate_limit: rateLimitSchema.optional(),
  correlation: correlationSettingsSchema.optional(),
  brand: brandInputSchema.optional(),
  retention: retentionSchema.optional(),
  critical_assets: criticalAssetsSchema.optional(),
  maintenance_windows: z.array(windowInput).max(WINDOWS_MAX).optional(),
});

export const updateCompanySchema = z.object({
  name: z.string().trim().min(1).max(120).optional(),
  time_zone: timeZoneSchema.optional(),
  critical_assets: criticalAssetsSchema.optional(),
});

/** A company as lists and pages show it. */
export const companySchema = z.object({
  id: z.string(),
  name: z.string(),
  time_zone: z.string(),
  webhook_url: z.string(),
  created_at: z.iso.datetime(),
  open_incidents: z.number().int(),
  critical_incidents: z.number().int(),
  alerts_24h: z.number().int(),
});
export type Company = z.infer<typeof companySchema>;

/** Straight from the company's object. */
export const companyDetailSchema = companySchema.extend({
  correlation: correlationSettingsSchema,
  rate_limit: rateLimitSchema,
  security: securitySchema,
  critical_assets: z.array(z.string()),
  api_keys: z.array(
    z.object({
      id: z.string(),
      created_at: z.iso.datetime(),
      last_used_at: z.iso.datetime().nullable(),
      expires_at: z.iso.datetime().nullable().describe("when it gives way to its successor"),
      revoked_at: z.iso.datetime().nullable(),
    }),
  ),
  secrets: z
    .array(z.object({ created_at: z.iso.datetime(), expires_at: z.iso.datetime().nullable() }))
    .describe("signing secrets that are accepted now, newest first"),
  retention: retentionSchema,
  sla: slaSchema,
  automation: automationSchema,
  notifications: notificationPolicySchema,
  aws: awsAccessShape,
  automation_paused: z.boolean().describe("an alert storm goes on: nothing is healed by itself meanwhile"),
  projection: z
    .object({
      pending: z.number().int().describe("incidents whose newest version is not in the lists yet"),
      parked: z.array(z.object({ incident_id: z.string(), error: z.string(), since: z.iso.datetime() })),
      last_error: z.string().nullable(),
    })
    .describe("how far the lists are behind the live state"),
  rejections: z
    .array(
      z.object({
        reason: z.string(),
        count: z.number().int(),
        last_at: z.iso.datetime(),
        last_detail: z.string(),
      }),
    )
    .describe("refused deliveries since the object woke, per reason; at least that many"),
});
export type CompanyDetail = z.infer<typeof companyDetailSchema>;

/** Shown once: neither the key nor the secret can be read again. */
export const companyCreatedSchema = z.object({
  company: companySchema,
  api_key: z.string(),
  hmac_secret: z.string(),
  webhook_url: z.string(),
});
export type CompanyCreated = z.infer<typeof companyCreatedSchema>;

export const kpisSchema = z.object({
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  critical_alerts: z.number().int().describe("open critical incidents"),
  high_priority: z.number().int().describe("open incidents with a base score of 60 or more"),
  active_incidents: z.number().int(),
  alerts: z.number().int(),
  incidents: z.number().int(),
  noise_reduction: z.number().nullable().describe("percent; null when there were no alerts"),
  noise_band: z.enum(["excellent", "good", "low"]).nullable(),
  mtta_seconds: z.number().nullable(),
  mttr_seconds: z.number().nullable(),
  self_healed: z.number().nullable().describe("percent of resolved incidents"),
  by_hour: z.array(
    z.object({ hour: z.iso.datetime(), alerts: z.number().int(), incidents: z.number().int() }),
  ),
});
export type Kpis = z.infer<typeof kpisSchema>;

export const meSchema = z.object({
  user: z.object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    email_verified: z.boolean(),
    time_zone: z.string(),
    role: z.enum(ROLES),
  }),
  msp: z.object({ id: z.string(), name: z.string() }),
  companies: z.union([z.literal("all"), z.array(z.string())]),
  totp_enabled: z.boolean(),
  must_enrol: z.boolean().describe("only a second factor can be set up until one is there"),
  session: z.object({ id: z.string(), expires_at: z.iso.datetime() }),
});
export type Me = z.infer<typeof meSchema>;

export const incidentPageSchema = z.object({
  items: z.array(incidentSchema),
  next_cursor: z.string().nullable(),
});
