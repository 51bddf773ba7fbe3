import * as z from "zod";
import { createCompanySchema, updateCompanySchema } from "../../core/company.ts";
import {
  brandInputSchema,
  correlationSettingsSchema,
  rateLimitSchema,
  retentionSchema,
} from "../../core/settings.ts";
import { plannedWindows } from "./planned-windows.server.ts";

// The platform's rules forbid code from strings; zod must not try.
z.config({ jitless: true });

/** One entry a line; empty lines mean nothing. */
export const lines = z
  .string()
  .default("")
  .transform((text) =>
    text
      .split(/\s*[\n,]\s*/)
      .map((line) => line.trim())
      .filter(Boolean),
  );

const name = z
  .string({ error: "Give the company a name" })
  .trim()
  .min(1, "Give the company a name")
  .max(120, "Use at most 120 characters");

export const generalForm = updateCompanySchema.extend({ name, critical_assets: lines });

export const given = z.number({ error: "Give a number" });

// A field somebody emptied is a mistake here, where the API would take its default.
const { window_minutes, resolve_delay_minutes, reopen_minutes, min_alerts, storm_alerts_per_minute } =
  correlationSettingsSchema.shape;
const yesOrNo = z.enum(["true", "false"]).transform((said) => said === "true");
export const correlationForm = correlationSettingsSchema.extend({
  window_minutes: given.pipe(window_minutes.unwrap()),
  resolve_delay_minutes: given.pipe(resolve_delay_minutes.unwrap()),
  reopen_minutes: given.pipe(reopen_minutes.unwrap()),
  min_alerts: given.pipe(min_alerts.unwrap()),
  storm_alerts_per_minute: given.pipe(storm_alerts_per_minute.unwrap()),
  auto_correlate: yesOrNo,
  topology: yesOrNo,
});
const { requests_per_minute, burst } = rateLimitSchema.shape;
export const rateLimitForm = z.object({
  requests_per_minute: given.pipe(requests_per_minute.unwrap()),
  burst: given.pipe(burst.unwrap()),
});
const { alerts_days, incidents_days } = retentionSchema.shape;
export const retentionForm = z.object({
  alerts_days: given.pipe(alerts_days),
  incidents_days: given.pipe(incidents_days),
});

/** A box that is not ticked is not sent at all. */
export const ticked = z.boolean().default(false);

export const securityForm = z.object({
  hmac_required: ticked,
  ip_allowlist: lines,
  unsigned_tools: z.array(z.string()).default([]),
});

export const brandingForm = brandInputSchema;

/** Hours that the keys of before go on beside a new one. */
export const overlapForm = z.object({ overlap_hours: given.int().min(0).max(720).default(24) });

export const deletionForm = z.object({
  confirm_name: z.string({ error: "Type the company’s name" }),
});

/** The wizard's fields as the API's one call takes them; the API checks the rest. */
export const newCompanyForm = z
  .object({
    name,
    time_zone: createCompanySchema.shape.time_zone,
    color: brandInputSchema.shape.color,
    maintenance_windows: plannedWindows,
    hmac_required: ticked,
    ip_allowlist: lines,
    ...rateLimitForm.shape,
    strategy: correlationSettingsSchema.shape.strategy,
    window_minutes: given.min(5, "Choose 5 to 15 minutes").max(15, "Choose 5 to 15 minutes"),
  })
  .transform(({ color, strategy, window_minutes, requests_per_minute, burst, ...rest }) => ({
    ...rest,
    rate_limit: { requests_per_minute, burst },
    correlation: { strategy, window_minutes },
    ...(color && { brand: { color } }),
  }));

export function timeZones(): string[] {
  return ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")];
}
