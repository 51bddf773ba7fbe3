import * as z from "zod";
import { conditionInput, conditionView } from "./condition.ts";

const DAY = 86_400_000;
export const SILENCE_MAX_MS = 30 * DAY;
/** Of those that have not ended. */
export const SILENCES_MAX = 200;

const comment = z.string().trim().max(500, "use at most 500 characters");

export const silenceInput = z.object({
  when: conditionInput.nullable().describe("null: every alert"),
  comment: comment.default(""),
  starts_at: z.iso.datetime().optional().describe("now, where it is left out"),
  ends_at: z.iso.datetime().describe("at most 30 days after its start"),
  from: z.string().max(60).optional().describe("the alert or incident it was made from"),
});

export const silencePatch = z.object({
  comment: comment.optional(),
  ends_at: z.iso.datetime().optional().describe("extends it, or ends it earlier"),
});

/** Holds back new alerts for a while. Epoch ms; `ends_at` is the first instant that is out of it. */
export interface Silence {
  id: string;
  when: z.output<typeof conditionInput> | null;
  comment: string;
  starts_at: number;
  ends_at: number;
  from: string | null;
  created_at: number;
  created_by: string;
  /** By whom it was ended before its time. */
  ended_by: string | null;
  /** What it held is looked after. */
  closed: boolean;
}

export const silenceView = z.object({
  id: z.string(),
  status: z.enum(["pending", "active", "ended"]),
  when: conditionView.nullable(),
  comment: z.string(),
  starts_at: z.iso.datetime(),
  ends_at: z.iso.datetime(),
  from: z.string().nullable(),
  created_at: z.iso.datetime(),
  created_by: z.string(),
  ended_by: z.string().nullable(),
});
export type SilenceView = z.infer<typeof silenceView>;
