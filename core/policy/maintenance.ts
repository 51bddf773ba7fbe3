import * as z from "zod";
import { timeZoneSchema } from "../time-zone.ts";
import { conditionInput, conditionView } from "./condition.ts";
import { parseWall } from "./recurrence.ts";

export const WINDOWS_MAX = 100;
export const DURATION_MAX_MINUTES = 7 * 1440;

const shape = {
  name: z.string().trim().min(1, "give it a name").max(120, "use at most 120 characters"),
  enabled: z.boolean(),
  when: conditionInput.nullable().describe("what it covers; null: the whole company"),
  starts_at: z
    .string()
    .max(19)
    .refine((text) => !Number.isNaN(parseWall(text)), "write it as 2026-03-08T02:30")
    .describe("as clocks in the zone show it"),
  zone: timeZoneSchema,
  duration_minutes: z.number().min(0.01, "longer than nothing").max(DURATION_MAX_MINUTES, "at most 7 days"),
  rrule: z
    .string()
    .trim()
    .max(300)
    .nullable()
    .describe("RFC 5545: FREQ=WEEKLY;BYDAY=SU; FREQ DAILY to YEARLY; null: once"),
  security_breaks_through: z.boolean().describe("critical alerts of the category Security are not held"),
};

export const windowInput = z.object({
  ...shape,
  enabled: shape.enabled.default(true),
  when: shape.when.default(null),
  rrule: shape.rrule.default(null),
  security_breaks_through: shape.security_breaks_through.default(false),
});
export type WindowInput = z.output<typeof windowInput>;

export const windowPatch = z.object(shape).partial();

/** A planned time in which alerts are expected. Times besides `starts_at` are epoch ms. */
export interface MaintenanceWindow extends WindowInput {
  id: string;
  created_at: number;
  created_by: string;
  /** Nothing of it counts before this: an occurrence was ended early, or it was just made. */
  not_before: number;
  /** What occurrences until then held is looked after. */
  handled_until: number;
}

export const occurrenceView = z.object({ starts_at: z.iso.datetime(), ends_at: z.iso.datetime() });

export const windowView = z.object({
  ...shape,
  id: z.string(),
  when: conditionView.nullable(),
  status: z.enum(["active", "pending", "ended", "disabled"]),
  current: occurrenceView.nullable().describe("the one that goes on now"),
  next: z.array(occurrenceView).describe("the next ones, at most five"),
  created_at: z.iso.datetime(),
  created_by: z.string(),
  last_error: z.string().nullable().describe("why it could not be judged; then it holds nothing"),
});
export type WindowView = z.infer<typeof windowView>;

/** What became of what a silence or one occurrence of a window held. */
export const heldView = z.object({
  id: z.string(),
  source: z.string().describe("silence:ID, maintenance:ID or rule:ID"),
  name: z.string(),
  started_at: z.iso.datetime(),
  ended_at: z.iso.datetime(),
  how: z.enum(["ended", "ended_early", "changed"]),
  done: z.boolean().describe("false while what still fires is being looked after"),
  held: z.number().int(),
  recovered: z.number().int(),
  expired: z.number().int().describe("silent for a day, so they count as over"),
  firing: z.number().int().describe("still firing at its end, in incidents since"),
  still_held: z.number().int().describe("held on by another silence or window"),
  incidents: z.array(z.string()).describe("the incidents that what still fired went into, at most 50"),
});
export type HeldView = z.infer<typeof heldView>;
