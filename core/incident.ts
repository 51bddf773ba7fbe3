import * as z from "zod";
import { alertSchema, CATEGORIES, reasonSchema } from "./alert.ts";
import { SEVERITIES } from "./severity.ts";

export const INCIDENT_STATUSES = ["new", "acknowledged", "in_progress", "resolved"] as const;
export type IncidentStatus = (typeof INCIDENT_STATUSES)[number];

export const STRATEGIES = ["asset|signature", "asset|signature|tool", "signature", "asset", "smart"] as const;
export type Strategy = (typeof STRATEGIES)[number];

export const priorityPartsSchema = z.object({
  severity: z.number(),
  critical_asset: z.number(),
  duplicates: z.number(),
  multi_tool: z.number(),
  age: z.number().describe("subtracted: hours since creation, at most 10"),
});
export type PriorityParts = z.infer<typeof priorityPartsSchema>;

export const personSchema = z.object({ id: z.string(), name: z.string() });

const stormNameSchema = z.object({ name: z.string(), alerts: z.number().int() });

/** An incident as the API and the frames of the live stream carry it. */
export const incidentSchema = z.object({
  id: z.string(),
  company_id: z.string(),
  title: z.string(),
  status: z.enum(INCIDENT_STATUSES),
  severity: z.enum(SEVERITIES),
  priority_score: z.number().describe("at the time of the answer; age is subtracted when read"),
  priority_parts: priorityPartsSchema,
  category: z.enum(CATEGORIES),
  asset_names: z.array(z.string()),
  signature: z.string(),
  alert_count: z.number().int().describe("accepted deliveries that joined, repeats included"),
  distinct_alerts: z.number().int(),
  firing_alerts: z.number().int(),
  tool_sources: z.array(z.string()),
  assigned_to: personSchema.nullable(),
  acknowledged_at: z.iso.datetime().nullable(),
  acknowledged_by: personSchema.nullable(),
  escalated: z.boolean(),
  escalation_level: z.number().int(),
  escalation_reason: z.string().nullable(),
  aggregation_key: z.string(),
  why: z.array(reasonSchema),
  flapping: z.boolean(),
  storm: z
    .object({
      since: z.iso.datetime(),
      until: z.iso.datetime().nullable().describe("null: it goes on"),
      assets: z.array(stormNameSchema),
      signatures: z.array(stormNameSchema),
      tools: z.array(stormNameSchema),
    })
    .optional()
    .describe("of the incident that gathers an alert storm: what most alerts came from"),
  merged_into: z.string().optional().describe("it is part of that incident now"),
  regrouped: z
    .object({
      kind: z.enum(["merge", "split"]),
      incident_id: z.string().describe("the other incident"),
      at: z.iso.datetime(),
      by: personSchema.nullable().describe("null: grouping did it"),
    })
    .optional()
    .describe("the newest merge or split, which can be taken back"),
  runbook_hint: z.string().optional().describe("the runbook that a rule names"),
  ai: z.unknown().nullable(),
  decision: z.unknown().nullable(),
  remediation: z.unknown().nullable(),
  sla: z
    .object({
      response_deadline: z.iso.datetime().nullable(),
      resolution_deadline: z.iso.datetime().nullable(),
      response_state: z.string(),
      resolution_state: z.string(),
      paused: z.boolean(),
    })
    .nullable(),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime().describe("of the last change; what only fires again moves last_alert_at"),
  last_alert_at: z.iso.datetime(),
  resolved_at: z.iso.datetime().nullable(),
  resolved_by: personSchema.nullable().describe("null with resolved_at set: resolved by itself"),
  resolution_notes: z.string().nullable(),
  source_still_firing: z.boolean(),
  reopen_count: z.number().int(),
  recurrence_of: z.string().nullable(),
  self_healed: z.boolean(),
  version: z.number().int().describe("raised by every change; keep the higher one"),
});
export type Incident = z.infer<typeof incidentSchema>;

export const timelineEntrySchema = z.object({
  seq: z.number().int(),
  at: z.iso.datetime(),
  actor: z.object({
    type: z.enum(["system", "user", "tool"]),
    id: z.string().optional(),
    name: z.string().optional(),
  }),
  kind: z
    .string()
    .describe("opened, alert_joined, severity_raised, alert_resolved, acknowledged, resolved, reopened, ..."),
  text: z.string(),
  public: z.boolean(),
  data: z.record(z.string(), z.unknown()).optional(),
});
export type TimelineEntry = z.infer<typeof timelineEntrySchema>;

/** `GET /api/incidents/{id}`: straight from the company's object, so a writer reads their own write. */
export const incidentDetailSchema = incidentSchema.extend({
  alerts: z.array(alertSchema).describe("distinct by dedup key, newest first, at most 1,000"),
  alerts_not_listed: z.number().int(),
  feedback: z
    .array(
      z.object({
        by: personSchema,
        good: z.boolean(),
        comment: z.string(),
        alert_ids: z.array(z.string()).describe("none: all of it"),
        at: z.iso.datetime(),
      }),
    )
    .describe("what technicians think of the grouping, one each"),
  timeline: z.array(timelineEntrySchema),
});
export type IncidentDetail = z.infer<typeof incidentDetailSchema>;

/** What people do to how alerts are grouped. */
export const regroupSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("merge"), incident_ids: z.array(z.string()).min(1).max(50) }),
  z.object({
    type: z.literal("split"),
    alert_ids: z.array(z.string()).min(1).max(1000),
    title: z.string().trim().max(200).nullable(),
  }),
  z.object({ type: z.literal("undo") }),
  z.object({
    type: z.literal("feedback"),
    good: z.boolean(),
    comment: z.string().trim().max(1000).default(""),
    alert_ids: z.array(z.string()).max(1000).default([]),
  }),
  z.object({ type: z.literal("severity"), severity: z.enum(SEVERITIES) }),
]);
export type Regroup = z.infer<typeof regroupSchema>;

export const incidentCommandSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("acknowledge") }),
  z.object({ type: z.literal("resolve"), notes: z.string().max(4000).default("") }),
  z.object({ type: z.literal("reopen"), reason: z.string().max(1000).default("") }),
  z.object({
    type: z.literal("note"),
    text: z.string().min(1).max(4000),
    public: z.boolean().default(false),
  }),
]);
export type IncidentCommand = z.infer<typeof incidentCommandSchema>;
