import type { RuleInput, RuleView } from "../../../core/policy/rule.ts";
import { moved } from "../noise/rule-words.ts";

/** A rule that is tried; `key` tells it from the others while it is edited. */
export interface DraftRule extends RuleInput {
  key: string;
}

/** What is kept of a rule, without what it was given by being kept. */
export const inputOf = ({ name, enabled, when, actions, stop }: RuleInput): RuleInput => ({
  name,
  enabled,
  when: when as RuleInput["when"],
  actions,
  stop,
});

/** The company's own rules to change; those of all companies stay as they are in a try. */
export const draftFrom = (rules: readonly RuleView[]): DraftRule[] =>
  rules.filter(({ scope }) => scope === "company").map((rule) => ({ ...inputOf(rule), key: rule.id }));

/** In place of the one with that key, or after the others. */
export function putRule(draft: readonly DraftRule[], key: string, rule: RuleInput): DraftRule[] {
  const made = { ...rule, key };
  return draft.some((one) => one.key === key)
    ? draft.map((one) => (one.key === key ? made : one))
    : [...draft, made];
}

export const moveRule = (draft: readonly DraftRule[], at: number, by: -1 | 1) => moved(draft, at, by);

/** As a try is asked for them. */
export const asAsked = (draft: readonly DraftRule[]): string => JSON.stringify(draft.map(inputOf));
