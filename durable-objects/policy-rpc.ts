import type { Actor } from "../core/actor.ts";
import type { Alert } from "../core/alert.ts";
import type { Result } from "../core/errors.ts";
import type { Condition } from "../core/policy/condition.ts";
import type { CorrectionView } from "../core/policy/correction.ts";
import type { HeldView, WindowInput, WindowView } from "../core/policy/maintenance.ts";
import type { Rule, RuleInput, RuleView } from "../core/policy/rule.ts";
import type { SilenceView } from "../core/policy/silence.ts";

/** What is kept of a company's noise policy, by name. */
export interface PolicyLists {
  /** In order, the company's own before the MSP's. */
  rules: RuleView[];
  /** Newest first; ended ones for 30 days. */
  silences: SilenceView[];
  windows: WindowView[];
  corrections: CorrectionView[];
  /** What silences and windows held, newest first. */
  history: HeldView[];
}
export type PolicyPart = keyof PolicyLists;

export type RuleChange =
  | { type: "create_rule"; id: string; input: RuleInput }
  | { type: "change_rule"; id: string; patch: Partial<RuleInput> }
  | { type: "delete_rule"; id: string }
  /** All ids of the company's own rules, in their new order. */
  | { type: "order_rules"; ids: string[] }
  | { type: "create_window"; id: string; input: WindowInput }
  | { type: "change_window"; id: string; patch: Partial<WindowInput> }
  /** The occurrence that goes on now. */
  | { type: "end_window"; id: string }
  | { type: "delete_window"; id: string };

/** What a company is created with; `by` is who planned them. */
export interface FirstWindows {
  by: string;
  items: { id: string; input: WindowInput }[];
}

/** Times are epoch ms. */
export type SilenceChange =
  | {
      type: "create_silence";
      id: string;
      when: Condition | null;
      comment: string;
      starts_at: number | null;
      ends_at: number;
      from: string | null;
    }
  | { type: "change_silence"; id: string; comment?: string; ends_at?: number }
  | { type: "end_silence"; id: string }
  | {
      type: "put_correction";
      id: string;
      input: Pick<CorrectionView, "signature" | "comment"> &
        Partial<{
          category: NonNullable<CorrectionView["category"]>;
          severity: NonNullable<CorrectionView["severity"]>;
        }>;
    }
  | { type: "delete_correction"; id: string };

export interface PolicyPreview {
  /** Alerts that were looked at, the newest ones. */
  looked_at: number;
  matched: number;
  /** Of the oldest that was looked at. */
  since: string | null;
  /** The newest that match, at most ten. */
  items: Alert[];
}

export interface PolicyRpc {
  policyList<P extends PolicyPart>(actor: Actor, part: P): Promise<Result<PolicyLists[P]>>;
  /** Which of the last `days` days' alerts a condition fits; null fits all. */
  policyPreview(actor: Actor, when: Condition | null, days: number): Promise<Result<PolicyPreview>>;
  /** Answers the list that was changed. Rules and maintenance windows. */
  changeRules(actor: Actor, change: RuleChange): Promise<Result<RuleView[] | WindowView[]>>;
  /** The same of silences and corrections. */
  changeSilences(actor: Actor, change: SilenceChange): Promise<Result<SilenceView[] | CorrectionView[]>>;
  /** The MSP's rules as they are now, in order; they take the place of those before. */
  applyMspRules(mspId: string, rules: Rule[]): Promise<Result<null>>;
}
