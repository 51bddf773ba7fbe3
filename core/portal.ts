import * as z from "zod";
import { INCIDENT_STATUSES, type Incident, type TimelineEntry } from "./incident.ts";
import { brandingSchema } from "./settings.ts";
import { SEVERITIES } from "./severity.ts";

// What a client may see is built here by picking fields, never by taking some away: a field that somebody
// adds to an incident tomorrow stays inside.

export const portalIncidentSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  status: z.enum(INCIDENT_STATUSES),
  severity: z.enum(SEVERITIES),
  asset_names: z.array(z.string()),
  alert_count: z.number().int(),
  flapping: z.boolean().describe("it comes and goes"),
  created_at: z.iso.datetime(),
  acknowledged_at: z.iso.datetime().nullable(),
  resolved_at: z.iso.datetime().nullable(),
  updated_at: z.iso.datetime(),
  version: z.number().int(),
});
export type PortalIncident = z.infer<typeof portalIncidentSchema>;

export function portalIncident(incident: Incident): PortalIncident {
  const { id, title, status, severity, alert_count, flapping, version } = incident;
  const { created_at, acknowledged_at, resolved_at, updated_at } = incident;
  const asset_names = [...incident.asset_names];
  const times = { created_at, acknowledged_at, resolved_at, updated_at };
  return { id, title, status, severity, asset_names, alert_count, flapping, ...times, version };
}

export const portalEntrySchema = z.strictObject({
  seq: z.number().int(),
  at: z.iso.datetime(),
  kind: z.string(),
  by: z.enum(["monitoring", "provider"]),
  text: z.string(),
});
export type PortalEntry = z.infer<typeof portalEntrySchema>;

/** Kinds a client is told of, in our own words: the entry's text may name people and tools. */
const TOLD: Record<string, (entry: TimelineEntry) => string> = {
  opened: () => "The problem was noticed.",
  severity_raised: () => "It became more serious.",
  alert_resolved: () => "Part of it recovered.",
  acknowledged: () => "Your provider is working on it.",
  resolved: ({ actor }) => (actor.type === "user" ? "Your provider resolved it." : "It recovered."),
  reopened: () => "It came back.",
  flapping: () => "It comes and goes.",
  flapping_ended: () => "It has been steady for a while.",
  note: ({ text }) => text,
  merged: ({ data }) =>
    data?.into === undefined
      ? "Another problem turned out to be part of it."
      : "It turned out to be part of another problem.",
};

/** null for what is internal, and for any kind this page does not know. */
export function portalEntry(entry: TimelineEntry): PortalEntry | null {
  if (!entry.public || !Object.hasOwn(TOLD, entry.kind)) return null;
  const { seq, at, kind } = entry;
  const by = entry.actor.type === "user" ? "provider" : "monitoring";
  return { seq, at, kind, by, text: TOLD[entry.kind]?.(entry) ?? "" };
}

export const portalDetailSchema = portalIncidentSchema.extend({ timeline: z.array(portalEntrySchema) });
export type PortalDetail = z.infer<typeof portalDetailSchema>;

export const portalStatusSchema = z.strictObject({
  level: z.enum(["ok", "degraded", "major"]),
  text: z.string(),
});

export const portalSchema = z.strictObject({
  companies: z.array(z.strictObject({ id: z.string(), name: z.string() })),
  company: z.strictObject({ id: z.string(), name: z.string(), time_zone: z.string() }),
  provider: z.string().describe("the MSP's name"),
  brand: brandingSchema.shape.effective.extend({ contrast: brandingSchema.shape.contrast }),
  status: portalStatusSchema,
  open: z.array(portalIncidentSchema).describe("the most serious first, at most 200"),
  open_total: z.number().int(),
  resolved_30_days: z.number().int(),
  sla: z.null().describe("nothing is computed yet"),
});
export type Portal = z.infer<typeof portalSchema>;

export const portalPageSchema = z.object({
  items: z.array(portalIncidentSchema),
  next_cursor: z.string().nullable(),
});

/** A frame of `GET /api/portal/live`. */
export type PortalFrame =
  | { seq: number; type: "incident_created" | "incident_updated"; company_id: string; data: PortalIncident }
  | { seq: number; type: "hello"; company_id: null; data: { epoch: string; seq: number } }
  | { seq: number; type: "resync"; company_id: null; data: { epoch: string; seq: number; reason: string } };
