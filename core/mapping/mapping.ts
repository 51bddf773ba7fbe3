import * as z from "zod";
import { compileRegex } from "../linear-regex.ts";
import { compileExpression, compilePath, EXPRESSION_MAX } from "./expression.ts";

export const MAPPINGS_MAX = 20;
/** Characters of one mapping's JSON; mappings travel with a company's policy. */
const SIZE_MAX = 12_000;

/** Fields of an alert that a mapping fills, in the order people are shown them. */
export const MAPPED_FIELDS = [
  "asset_name",
  "signature",
  "severity",
  "message",
  "status",
  "dedup_key",
  "event_time",
  "asset_id",
  "category",
  "group",
] as const;
export type MappedField = (typeof MAPPED_FIELDS)[number];

export const CONDITION_OPS = [
  "is",
  "is_not",
  "contains",
  "matches",
  "exists",
  "missing",
  "above",
  "below",
] as const;

const wrongAs = (context: z.RefinementCtx<unknown>, message: string, path: PropertyKey[] = []) =>
  context.addIssue({ code: "custom", message, path });

const expression = z
  .string()
  .max(EXPRESSION_MAX)
  .superRefine((text, context) => {
    const made = compileExpression(text);
    if ("wrong" in made) wrongAs(context, made.wrong);
  })
  .describe("a path `$.host`, a template `{{ $.host }} on {{ $.site }}`, or plain text");

export const mappingConditionSchema = z
  .object({
    value: expression.min(1, "say what to look at"),
    op: z.enum(CONDITION_OPS),
    to: z.array(z.string().max(500)).max(20).default([]).describe("one of these"),
  })
  .superRefine(({ op, to }, context) => {
    if (op === "exists" || op === "missing") return;
    if (to.length === 0) wrongAs(context, "say what to compare with", ["to"]);
    to.forEach((text, i) => {
      const made = op === "matches" ? compileRegex(text) : null;
      if (made && !made.ok) wrongAs(context, made.error.detail, ["to", i]);
      if ((op === "above" || op === "below") && !Number.isFinite(Number(text)))
        wrongAs(context, "is not a number", ["to", i]);
    });
  });
export type MappingCondition = z.infer<typeof mappingConditionSchema>;

const fieldSchema = z.object({
  from: z.array(expression).max(5).describe("the first that yields something is taken"),
  map: z
    .array(z.object({ from: z.string().max(200), to: z.string().max(200) }))
    .max(100)
    .default([])
    .describe('words in place of the source\'s own, whatever their case; "*": every other one'),
});

const named = z.string().trim().min(1, "is needed").max(200);

const shape = z.object({
  name: z.string().trim().min(1, "give it a name").max(100),
  slug: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, "small letters, digits and hyphens, at most 40")
    .optional()
    .describe("how an address names it: `&mapping=`; made of the name where left out"),
  enabled: z.boolean().default(true),
  source: z
    .string()
    .trim()
    .max(100)
    .default("custom")
    .transform((text) => text || "custom")
    .describe("the tool_source of its alerts"),
  items: z
    .string()
    .max(EXPRESSION_MAX)
    .nullable()
    .default(null)
    .superRefine((text, context) => {
      const made = text ? compilePath(text) : null;
      if (made && "wrong" in made) wrongAs(context, made.wrong);
    })
    .describe("path of the array that holds one alert each; null: the body is one alert"),
  matches: z
    .array(mappingConditionSchema)
    .max(10)
    .default([])
    .describe("bodies it is for, where several mappings share the address; all must hold"),
  fields: z.partialRecord(z.enum(MAPPED_FIELDS), fieldSchema),
  recovery: z
    .array(mappingConditionSchema)
    .max(10)
    .default([])
    .describe("the alert is over where one of these holds"),
  tags: z
    .array(z.object({ name: named, value: expression }))
    .max(32)
    .default([]),
  tags_from: expression.nullable().default(null).describe("an object whose values become tags"),
  links: z
    .array(z.object({ label: named, url: expression }))
    .max(10)
    .default([]),
});

/** What people say of a mapping. */
export const mappingInput = shape.superRefine((mapping, context) => {
  if (!mapping.fields.signature?.from.length)
    wrongAs(context, "is needed: it says what is wrong", ["fields", "signature"]);
  if (JSON.stringify(mapping).length > SIZE_MAX)
    wrongAs(context, `This mapping is longer than ${SIZE_MAX} characters.`, ["name"]);
});
export type MappingInput = z.output<typeof mappingInput>;

/** What a mapping without anything in it is filled up from, when parts are changed. */
export const mappingPatch = z.object({
  ...Object.fromEntries(Object.entries(shape.shape).map(([name]) => [name, z.unknown().optional()])),
  position: z.number().int().min(0).max(MAPPINGS_MAX).optional(),
} as Record<keyof z.infer<typeof shape>, z.ZodOptional<z.ZodUnknown>> & {
  position: z.ZodOptional<z.ZodNumber>;
});

/** A mapping as it is kept. Epoch ms. */
export interface Mapping extends MappingInput {
  id: string;
  slug: string;
  changed_at: number;
  changed_by: string;
}

export const mappingView = shape.extend({
  id: z.string(),
  slug: z.string(),
  position: z.number().int(),
  webhook_path: z.string().describe("where to post, without the key"),
  changed_at: z.iso.datetime(),
  changed_by: z.string(),
});
export type MappingView = z.infer<typeof mappingView>;

/** `Backups (NAS)` -> `backups-nas`. */
export function slugOf(name: string): string {
  const slug = name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 40)
    .replace(/^-+|-+$/g, "");
  return slug || "mapping";
}
