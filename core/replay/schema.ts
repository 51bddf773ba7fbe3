import * as z from "zod";
import { SEVERITIES } from "../severity.ts";

export const DIFFERENCE_KINDS = ["same", "merged", "split", "moved", "new", "gone"] as const;
export type DifferenceKind = (typeof DIFFERENCE_KINDS)[number];

/** Differences listed, the largest first; the counts are of all. */
export const DIFFERENCES_MAX = 60;
/** Incidents listed of one side of a difference. */
export const SIDE_MAX = 20;
/** Lanes, one an asset, and alerts drawn of a difference. */
export const LANES_MAX = 10;
export const POINTS_MAX = 150;

const totalsSchema = z.object({
  incidents: z.number().int(),
  noise_reduction: z.number().nullable().describe("percent fewer incidents than alerts; null without alerts"),
  suppressed: z
    .number()
    .int()
    .describe("distinct alerts that a silence, window or rule keeps out of incidents"),
  dropped: z
    .number()
    .int()
    .describe("distinct alerts that a rule does not keep; before: those were never stored"),
  ungrouped: z.number().int().describe("distinct alerts in no incident for another reason"),
});

const sideSchema = z.object({
  id: z.string().nullable().describe("of the incident; null for one that only the replay has"),
  title: z.string(),
  severity: z.enum(SEVERITIES),
  alerts: z.number().int().describe("distinct, of the range"),
  first_at: z.iso.datetime(),
});

const pointSchema = z.object({
  alert_id: z.string(),
  signature: z.string(),
  severity: z.enum(SEVERITIES),
  from: z.iso.datetime(),
  to: z.iso.datetime().describe("when it was over, or heard of last"),
  before: z.number().int().nullable().describe("index into the difference's `before`; null: in none of them"),
  after: z.number().int().nullable(),
});

const differenceSchema = z.object({
  kind: z.enum(DIFFERENCE_KINDS).exclude(["same"]),
  alerts: z.number().int(),
  before_count: z.number().int(),
  after_count: z.number().int(),
  before: z.array(sideSchema).describe(`at most ${SIDE_MAX}, the largest`),
  after: z.array(sideSchema),
  lanes: z.array(z.object({ asset: z.string(), points: z.array(pointSchema) })),
  alerts_not_drawn: z.number().int(),
});
export type Difference = z.infer<typeof differenceSchema>;
export type DifferencePoint = z.infer<typeof pointSchema>;

const kindCount = z.object({
  groups: z.number().int(),
  before: z.number().int().describe("incidents as they are"),
  after: z.number().int().describe("incidents as they would be"),
});

/** What a what-if found: how it is, how it would be, and where the two differ. */
export const comparisonSchema = z.object({
  company_id: z.string(),
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  alerts: z.number().int().describe("distinct alerts of the range"),
  deliveries: z.number().int().describe("with their repeats"),
  before: totalsSchema,
  after: totalsSchema,
  kinds: z.object({
    same: kindCount,
    merged: kindCount,
    split: kindCount,
    moved: kindCount,
    new: kindCount,
    gone: kindCount,
  }),
  differences: z.array(differenceSchema).describe(`the ${DIFFERENCES_MAX} with the most alerts`),
  differences_not_listed: z.number().int(),
});
export type Comparison = z.infer<typeof comparisonSchema>;
