import * as z from "zod";

/** Characters of a body that are kept; of a longer one the rest is dropped, and it cannot be sent again. */
export const LETTER_BODY_MAX = 256 * 1024;
export const SAMPLE_BODY_MAX = 64 * 1024;
export const SAMPLES_MAX = 10;

export const LETTER_STATUS = ["waiting", "replayed"] as const;

/** A delivery that was authenticated but could not be understood. */
export const deadLetterSchema = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  tool: z.string(),
  source_ip: z.string(),
  reason: z.string().describe("the error code that the sender was answered"),
  detail: z.string(),
  fields: z.record(z.string(), z.string()),
  group: z.string().describe("letters of one tool and reason share it"),
  content_type: z.string(),
  user_agent: z.string(),
  size: z.number().int().describe("bytes as they came"),
  truncated: z.boolean(),
  refused_items: z
    .array(z.number().int())
    .nullable()
    .describe("the refused alerts of a body whose others were accepted; null: all of it"),
  status: z.enum(LETTER_STATUS),
  replayed_at: z.iso.datetime().nullable(),
  replayed_by: z.string().nullable(),
  alert_ids: z.array(z.string().nullable()),
});
export type DeadLetter = z.infer<typeof deadLetterSchema>;

export const deadLetterDetail = deadLetterSchema.extend({ body: z.string() });
export type DeadLetterDetail = z.infer<typeof deadLetterDetail>;

/** How often one tool was refused for one reason, also beyond what is kept. */
export const letterGroupSchema = z.object({
  group: z.string(),
  tool: z.string(),
  reason: z.string(),
  detail: z.string(),
  count: z.number().int().describe("all that came, kept or not; at least"),
  kept: z.number().int(),
  last_at: z.iso.datetime(),
});
export type LetterGroup = z.infer<typeof letterGroupSchema>;

/** What became of the letters that were sent again. */
export const replayResult = z.object({
  status: z.enum(["received", "duplicate", "refused"]),
  detail: z.string(),
  alert_ids: z.array(z.string().nullable()),
  results: z.array(
    z.object({
      index: z.number().int(),
      status: z.enum(["received", "rejected"]),
      outcome: z.string().optional(),
      alert_id: z.string().nullable(),
      fields: z.record(z.string(), z.string()).optional(),
    }),
  ),
});
export type ReplayResult = z.infer<typeof replayResult>;

export const REPLAY_OUTCOMES = ["read", "failed", "already"] as const;

/** What became of one of many letters that were sent again. */
export const replayedLetter = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  tool: z.string(),
  outcome: z
    .enum(REPLAY_OUTCOMES)
    .describe("taken in now (or, with `check`, readable); still not understood; taken in before"),
  detail: z.string().describe("why it failed, or what went before"),
  alerts: z.number().int().describe("alerts in it that were taken in, or would be"),
  rejected: z.number().int().describe("alerts in it that cannot be read"),
  alert_ids: z.array(z.string().nullable()),
});
export type ReplayedLetter = z.infer<typeof replayedLetter>;

/** One page of letters sent again, the oldest first. */
export const replayPage = z.object({
  items: z.array(replayedLetter),
  read: z.number().int(),
  failed: z.number().int(),
  already: z.number().int(),
  left: z.number().int().describe("letters behind this page"),
  next_cursor: z.string().nullable().describe("send it with the same body to go on"),
});
export type ReplayPage = z.infer<typeof replayPage>;

/** A body the custom route received lately, for the mapping editor. */
export const sampleSchema = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  from: z.enum(["received", "dead_letter"]),
  size: z.number().int(),
  body: z.string(),
});
export type Sample = z.infer<typeof sampleSchema>;

/** Letters that differ in places and numbers alone are of one kind. */
export function letterGroup(tool: string, reason: string, detail: string, fields: string[]): string {
  const names = [...new Set(fields.map((path) => path.replace(/^\d+\./, "")))].sort().slice(0, 8);
  const kind = names.length > 0 ? names.join(",") : detail.replace(/\d+/g, "#");
  return `${tool}|${reason}|${kind}`.slice(0, 200);
}
