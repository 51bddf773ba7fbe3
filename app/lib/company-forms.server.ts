import * as z from "zod";
import { createCompanySchema, updateCompanySchema } from "../../core/company.ts";
import { correlationSettingsSchema, rateLimitSchema } from "../../core/settings.ts";

// The platform's rules forbid code from strings; zod must not try.
z.config({ jitless: true });

/** One entry a line; empty lines mean nothing. */
const lines = z
  .string()
  .default("")
  .transform((text) =>
    text
      .split(/\s*[\n,]\s*/)
      .map((line) => line.trim())
      .filter(Boolean),
  );

export const newCompanyForm = createCompanySchema.extend({
  name: z.string({ error: "Give the company a name" }).trim().min(1, "Give the company a name").max(120),
});

export const generalForm = updateCompanySchema.extend({
  name: z.string({ error: "Give the company a name" }).trim().min(1, "Give the company a name").max(120),
  critical_assets: lines,
});

const given = z.number({ error: "Give a number" });

// A field somebody emptied is a mistake here, where the API would take its default.
const { window_minutes, resolve_delay_minutes, reopen_minutes } = correlationSettingsSchema.shape;
export const correlationForm = correlationSettingsSchema.extend({
  window_minutes: given.pipe(window_minutes.unwrap()),
  resolve_delay_minutes: given.pipe(resolve_delay_minutes.unwrap()),
  reopen_minutes: given.pipe(reopen_minutes.unwrap()),
});
const { requests_per_minute, burst } = rateLimitSchema.shape;
export const rateLimitForm = z.object({
  requests_per_minute: given.pipe(requests_per_minute.unwrap()),
  burst: given.pipe(burst.unwrap()),
});

/** A box that is not ticked is not sent at all. */
const ticked = z.boolean().default(false);

export const securityForm = z.object({
  hmac_required: ticked,
  ip_allowlist: lines,
  unsigned_tools: z.array(z.string()).default([]),
});

export function timeZones(): string[] {
  return ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")];
}
