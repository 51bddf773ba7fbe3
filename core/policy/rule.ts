import * as z from "zod";
import { CATEGORIES } from "../alert.ts";
import { SEVERITIES } from "../severity.ts";
import { conditionInput, conditionView } from "./condition.ts";
import { type Field, isField } from "./fields.ts";
import { unknownPlaceholder } from "./title.ts";

/** A company's own rules and the MSP's that apply to it. */
export const RULES_MAX = 200;
export const MSP_RULES_MAX = 50;

const groupField = z.custom<Field>((name) => typeof name === "string" && isField(name), {
  message: "not a field of alerts",
});

export const personSchema = z.object({ id: z.string().max(60), name: z.string().max(120) });

/** What a rule does to the alerts it fits; at least one. */
export const actionsSchema = z
  .object({
    drop: z.literal(true).optional().describe("not kept at all, only counted"),
    silence: z.literal(true).optional().describe("kept and marked, in no incident"),
    group_by: z.array(groupField).min(1, "choose a field").max(5, "at most 5 fields").optional(),
    window_minutes: z.number().min(0.01).max(1440).optional().describe("of the rule's groups"),
    title: z
      .string()
      .trim()
      .min(1)
      .max(200, "use at most 200 characters")
      .refine((text) => unknownPlaceholder(text) === null, "names a field that alerts do not have")
      .optional()
      .describe("of the incident; {asset}, {signature}, {tags.site} are filled in"),
    severity: z.enum(SEVERITIES).optional(),
    category: z.enum(CATEGORIES).optional(),
    assignee: personSchema.optional(),
    runbook: z.string().trim().min(1).max(120).optional(),
  })
  .refine((actions) => Object.values(actions).some((value) => value !== undefined), "say what it shall do")
  .refine((actions) => actions.window_minutes === undefined || actions.group_by, {
    message: "a window belongs to fields to group by",
    path: ["window_minutes"],
  })
  .refine((actions) => !actions.drop || Object.values(actions).filter((v) => v !== undefined).length === 1, {
    message: "what is dropped needs nothing else",
    path: ["drop"],
  });
export type RuleActions = z.output<typeof actionsSchema>;

const name = z.string().trim().min(1, "give it a name").max(120, "use at most 120 characters");

/** When, then; `stop` ends the pass after this rule fitted. */
export const ruleInput = z.object({
  name,
  enabled: z.boolean().default(true),
  when: conditionInput.nullable().describe("null: every alert"),
  actions: actionsSchema,
  stop: z.boolean().default(false),
});
export type RuleInput = z.output<typeof ruleInput>;

export const rulePatch = z.object({
  name: name.optional(),
  enabled: z.boolean().optional(),
  when: conditionInput.nullable().optional(),
  actions: actionsSchema.optional(),
  stop: z.boolean().optional(),
});

/** As it is kept. Times are epoch milliseconds. */
export interface Rule extends RuleInput {
  id: string;
  created_at: number;
  created_by: string;
}

export const ruleView = z.object({
  id: z.string(),
  scope: z.enum(["company", "msp"]),
  name: z.string(),
  enabled: z.boolean(),
  when: conditionView.nullable(),
  actions: z.custom<RuleActions>(() => true).meta({ description: "as they were sent" }),
  stop: z.boolean(),
  created_at: z.iso.datetime(),
  created_by: z.string(),
  matched: z.number().int().describe("new alerts it fitted"),
  last_matched_at: z.iso.datetime().nullable(),
  ungrouped: z.number().int().describe("alerts it fitted that lack a field it groups by"),
  errors: z.number().int().describe("times it failed; a rule that fails does not fit"),
  last_error_at: z.iso.datetime().nullable(),
  last_error: z.string().nullable(),
});
export type RuleView = z.infer<typeof ruleView>;
