import * as z from "zod";
import { CATEGORIES, type Category } from "./category.ts";
import { SEVERITIES, type Severity } from "./severity.ts";

export { CATEGORIES, type Category };

export const ALERT_STATUSES = ["firing", "resolved", "expired"] as const;
export type AlertStatus = (typeof ALERT_STATUSES)[number];

/** One reason of a decision; `text` is the sentence people read. */
export const reasonSchema = z.object({
  rule: z.string(),
  key: z.string().optional(),
  evidence: z.record(z.string(), z.unknown()).optional(),
  score: z.number().optional(),
  text: z.string(),
});
export type Reason = z.infer<typeof reasonSchema>;

export const linkSchema = z.object({ label: z.string(), url: z.string() });
export type Link = z.infer<typeof linkSchema>;

/**
 * What an adapter makes of one alert of a payload: the same shape for every tool. Times are epoch
 * milliseconds.
 */
export interface NormalizedAlert {
  status: "firing" | "resolved";
  /** As the tool wrote it; "" where the payload names none, which never groups. */
  asset_name: string;
  asset_id: string | null;
  /** As the tool wrote it. */
  signature: string;
  severity: Severity;
  /** null: derive it from signature and message. */
  category: Category | null;
  message: string;
  tool_source: string;
  /** The sender's own key, byte-exact, or null. */
  caller_key: string | null;
  /** What identifies the alert at this source when the sender gives no key: [name, value], in any order. */
  identity: [string, string][] | null;
  /** Tells apart what one source fires at once under one identity, or null: see core/engine/variants.ts. */
  variant: string | null;
  /** The source's time of this state, or null where it gives none. */
  event_time: number | null;
  tags: [string, string][];
  links: Link[];
  /** What had to be guessed or repaired: "unknown_severity", "repaired_utf8", ... */
  flags: string[];
  /** A dead man's switch (Watchdog): kept, never an incident. */
  heartbeat: boolean;
  /** A tool's own "does it arrive?": kept and shown, never an incident. */
  test?: boolean;
  /** What the tool itself grouped it with (a problem, an issue, a notification group): evidence, never a key. */
  group?: string | null;
  /**
   * The rule at the source that several alerts come from. A recovery with `whole_family` closes all of them:
   * some tools say "all well" without saying of what.
   */
  family?: string | null;
  whole_family?: boolean;
  /** Said about an alert without a change of its state: noted on it, never a new problem nor an end. */
  update?: SourceUpdate | null;
}

export const UPDATE_KINDS = [
  "acknowledged",
  "comment",
  "assigned",
  "flapping_started",
  "flapping_stopped",
  "downtime_started",
  "downtime_ended",
  "other",
] as const;

/** What somebody, or the tool, did to an alert at its source. */
export interface SourceUpdate {
  kind: (typeof UPDATE_KINDS)[number];
  /** Who, as the tool names them. */
  by: string | null;
  /** Their words, or the tool's. */
  text: string;
}

/** An alert as the API answers it. */
export const alertSchema = z.object({
  id: z.string(),
  company_id: z.string(),
  incident_id: z.string().nullable(),
  asset_name: z.string(),
  asset_id: z.string().nullable(),
  signature: z.string().describe("canonical, e.g. high_cpu_usage"),
  raw_signature: z.string().describe("as the tool wrote it"),
  severity: z.enum(SEVERITIES),
  original_severity: z.enum(SEVERITIES),
  category: z.enum(CATEGORIES),
  message: z.string(),
  tool_source: z.string(),
  status: z.enum(ALERT_STATUSES),
  dedup_key: z.string(),
  count: z.number().int().describe("accepted deliveries of it, repeats included"),
  delivery_id: z.string().nullable(),
  first_seen: z.iso.datetime(),
  last_seen: z.iso.datetime(),
  received_at: z.iso.datetime(),
  resolved_at: z.iso.datetime().nullable(),
  suppressed_by: z.string().nullable(),
  waiting: z
    .boolean()
    .optional()
    .describe("in no incident yet: too few of its kind came, or grouping is by hand"),
  flapping: z.boolean().optional().describe("changes between firing and well again and again"),
  tags: z.record(z.string(), z.string()),
  links: z.array(linkSchema),
  flags: z.array(z.string()),
  why: z.array(reasonSchema),
});
export type Alert = z.infer<typeof alertSchema>;
