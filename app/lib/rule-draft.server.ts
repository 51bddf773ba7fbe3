import { compileCondition } from "../../core/policy/compile.ts";
import { ruleInput } from "../../core/policy/rule.ts";
import type { FormAnswer } from "./intents.server.ts";
import { made } from "./noise.server.ts";

export const RULE_DRAFT = "rule-draft";

/** Looks over a rule of a draft as the API would, and gives it back as it would be kept; nothing is saved. */
export function checkRuleDraft(form: FormData): FormAnswer {
  const refused = (fields: Record<string, string[]>, problem: string): FormAnswer => ({
    intent: RULE_DRAFT,
    ok: false,
    problem,
    result: { status: "error", error: fields },
  });
  const text = made.safeParse(form.get("made"));
  if (!text.success) return refused({}, "This form was not sent as a whole.");
  const rule = ruleInput.safeParse(text.data);
  if (!rule.success) {
    const fields: Record<string, string[]> = {};
    for (const { path, message } of rule.error.issues) fields[path.join(".")] ??= [message];
    return refused(fields, "Something is missing.");
  }
  const fine = compileCondition(rule.data.when);
  if (fine.ok) return { intent: RULE_DRAFT, ok: true, value: rule.data };
  const fields: Record<string, string[]> = {};
  for (const [path, said] of Object.entries(fine.error.fields ?? {})) fields[path] = [said];
  return refused(fields, fine.error.detail);
}
