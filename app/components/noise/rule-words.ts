import type { RuleActions } from "../../../core/policy/rule.ts";

/** What a rule does, as a part of a sentence: "severity low, title "Lab trouble"". */
export function whatItDoes(actions: RuleActions): string {
  const { drop, silence, group_by, window_minutes, title, severity, category, assignee, runbook } = actions;
  const words: string[] = [];
  if (drop) words.push("drop");
  if (silence) words.push("keep silent");
  if (group_by) words.push(`group by ${group_by.join(", ")}`);
  if (window_minutes !== undefined) words.push(`within ${window_minutes} min`);
  if (title) words.push(`title "${title}"`);
  if (severity) words.push(`severity ${severity}`);
  if (category) words.push(`category ${category}`);
  if (assignee) words.push(`assign to ${assignee.name}`);
  if (runbook) words.push(`runbook ${runbook}`);
  return words.join(", ");
}

/** The ids after one of them changed places with its neighbour. */
export function moved<T>(all: readonly T[], at: number, by: -1 | 1): T[] {
  const next = [...all];
  const [one, other] = [next[at], next[at + by]];
  if (one === undefined || other === undefined) return next;
  next[at] = other;
  next[at + by] = one;
  return next;
}
