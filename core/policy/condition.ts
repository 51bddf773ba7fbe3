import * as z from "zod";
import { SEVERITIES, type Severity } from "../severity.ts";
import { timeZoneSchema } from "../time-zone.ts";
import { type Field, isField } from "./fields.ts";

export const DEPTH_MAX = 4;
export const LEAVES_MAX = 50;
const LIST_MAX = 200;

export const TEXT_OPS = ["equals", "contains", "starts_with", "ends_with", "matches"] as const;
export type TextOp = (typeof TEXT_OPS)[number];

/** What must be true of an alert. Text is compared without regard to upper and lower case. */
export type Condition =
  | { op: "all" | "any"; of: Condition[] }
  | { op: "not"; of: Condition }
  | { op: TextOp; field: Field; value: string }
  | { op: "in"; field: Field; values: string[] }
  | { op: "present" | "missing"; field: Field }
  | { op: "severity_at_least" | "severity_at_most"; value: Severity }
  | { op: "time"; from: string; to: string; weekdays?: number[]; zone: string };

const field = z.custom<Field>((name) => typeof name === "string" && isField(name), {
  message: "not a field of alerts; use asset, signature, severity, message, tool, category or tags.NAME",
});
const text = z.string().trim().min(1, "say what to compare with").max(500, "use at most 500 characters");
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "write the time as 07:30");
const nested = z.lazy(() => tree);

const textLeaf = <T extends TextOp>(op: T) => z.object({ op: z.literal(op), field, value: text });

const tree: z.ZodType<Condition> = z.discriminatedUnion("op", [
  z.object({
    op: z.literal(["all", "any"]),
    of: z.array(nested).min(1, "add a condition").max(LEAVES_MAX),
  }),
  z.object({ op: z.literal("not"), of: nested }),
  textLeaf("equals"),
  textLeaf("contains"),
  textLeaf("starts_with"),
  textLeaf("ends_with"),
  textLeaf("matches"),
  z.object({
    op: z.literal("in"),
    field,
    values: z.array(text).min(1, "add a value").max(LIST_MAX, `at most ${LIST_MAX} values`),
  }),
  z.object({ op: z.literal(["present", "missing"]), field }),
  z.object({ op: z.literal(["severity_at_least", "severity_at_most"]), value: z.enum(SEVERITIES) }),
  z.object({
    op: z.literal("time"),
    from: clock,
    to: clock,
    weekdays: z.array(z.number().int().min(1).max(7)).min(1, "choose a day").max(7).optional(),
    zone: timeZoneSchema,
  }),
]);

/** Depth of the tree and how many leaves it has; looks no deeper than it must, whatever was sent. */
function size(value: unknown, depth = 1): { depth: number; leaves: number } {
  const of = typeof value === "object" && value !== null && "of" in value ? value.of : undefined;
  if (of === undefined || depth > DEPTH_MAX) return { depth, leaves: 1 };
  const all = { depth, leaves: 0 };
  for (const one of Array.isArray(of) ? of : [of]) {
    const inner = size(one, depth + 1);
    all.depth = Math.max(all.depth, inner.depth);
    all.leaves += inner.leaves;
    if (all.leaves > LEAVES_MAX) break;
  }
  return all;
}

const EXAMPLE = 'e.g. {"op": "contains", "field": "asset", "value": "db-"}';

/** A condition as it is sent. Patterns are tried by `compileCondition`, which knows the engine. */
export const conditionInput = z
  .unknown()
  .superRefine((value, context) => {
    const { depth, leaves } = size(value);
    if (depth > DEPTH_MAX) context.addIssue(`conditions may lie at most ${DEPTH_MAX} levels deep`);
    if (leaves > LEAVES_MAX) context.addIssue(`at most ${LEAVES_MAX} conditions`);
  })
  .pipe(tree)
  .meta({
    description: `all | any | not of conditions, or one: equals, contains, starts_with, ends_with, matches, in, present, missing, severity_at_least, severity_at_most, time; ${EXAMPLE}`,
  });

/** A condition as it is answered. */
export const conditionView = z.custom<Condition>(() => true).meta({ description: EXAMPLE });
