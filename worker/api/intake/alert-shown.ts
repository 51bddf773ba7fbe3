import * as z from "zod";
import type { NormalizedAlert } from "../../../core/alert.ts";
import { SEVERITIES } from "../../../core/severity.ts";

/** Alerts that a preview shows; the rest is counted. */
export const SHOWN = 20;

/** An alert as it was understood, before anything is made of it. */
export const alertShown = z.object({
  status: z.enum(["firing", "resolved"]),
  asset_name: z.string(),
  asset_id: z.string().nullable(),
  signature: z.string(),
  severity: z.enum(SEVERITIES),
  category: z.string().nullable(),
  message: z.string(),
  tool_source: z.string(),
  event_time: z.iso.datetime().nullable(),
  group: z.string().nullable(),
  tags: z.array(z.tuple([z.string(), z.string()])),
  links: z.array(z.object({ label: z.string(), url: z.string() })),
  flags: z.array(z.string()),
});

export function shown(alert: NormalizedAlert) {
  const { event_time, group } = alert;
  const time = event_time === null ? null : new Date(event_time).toISOString();
  return { ...alert, event_time: time, group: group ?? null };
}
