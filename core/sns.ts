import * as z from "zod";

export const TOPICS_MAX = 50;

const ARN =
  /^arn:(aws(?:-[a-z]+)*):sns:([a-z]{2}(?:-[a-z]+)+-\d):(\d{12}):([A-Za-z0-9_-]{1,256}(?:\.fifo)?)$/;

/** The host of SNS in the topic's own region, or null for what is no topic. */
export function snsHostOf(arn: string): string | null {
  const parts = ARN.exec(arn);
  if (!parts) return null;
  return `sns.${parts[2]}.amazonaws.com${parts[1] === "aws-cn" ? ".cn" : ""}`;
}

export const topicArnSchema = z
  .string()
  .max(400)
  .refine((arn) => ARN.test(arn), "not the ARN of an SNS topic, arn:aws:sns:REGION:ACCOUNT:NAME");

export const TOPIC_STATES = ["allowed", "waiting", "removed"] as const;

/** A topic that a company's alerts come from, or that would like to be one. */
export const snsTopicSchema = z.object({
  arn: z.string(),
  state: z.enum(TOPIC_STATES).describe("waiting: refused until somebody allows it"),
  at: z.iso.datetime().describe("since when"),
  by: z.string().describe("the person, or the API key it came with"),
});
export type SnsTopic = z.infer<typeof snsTopicSchema>;

export const snsTopicsSchema = z.object({
  items: z.array(snsTopicSchema),
  next_cursor: z.null(),
  accept_new: z.boolean().describe("further topics need no approval; the first never does"),
});
export type SnsTopics = z.infer<typeof snsTopicsSchema>;
